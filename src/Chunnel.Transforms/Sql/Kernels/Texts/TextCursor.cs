using Chunnel.Core;

namespace Chunnel.Transforms.Sql.Kernels.Texts;

/// <summary>Writes the texts of rising rows into a fresh builder; rows that are passed over are null. What a builder asks for each value is asked for once.</summary>
internal ref struct TextCursor
{
    private readonly TextBuilder _to;
    private readonly Span<int> _ends;
    private Span<byte> _space;
    private int _at;
    private int _row;

    /// <param name="to">A builder with room for all rows.</param>
    /// <param name="bytes">How many bytes all texts will probably have.</param>
    public TextCursor(TextBuilder to, int bytes)
    {
        _to = to;
        _ends = to.Ends;
        _space = to.Space(bytes);
    }

    /// <summary>Room for the next text.</summary>
    public Span<byte> Room(int most)
    {
        if (_space.Length - _at < most) Grow(most);
        return _space[_at..];
    }

    /// <summary>Tells how many bytes of the room are the row's text.</summary>
    public void Put(int row, int bytes)
    {
        while (_row < row) PassOver();
        _at += bytes;
        _ends[_row++] = _to.ByteCount + _at;
    }

    /// <summary>Tells the builder what was written.</summary>
    public readonly void Close() => _to.Advance(_row, _at);

    private void PassOver()
    {
        _to.SetNull(_row);
        _ends[_row++] = _to.ByteCount + _at;
    }

    private void Grow(int most)
    {
        _to.Advance(0, _at);
        _at = 0;
        _space = _to.Space(most);
    }
}
