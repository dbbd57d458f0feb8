using Apache.Arrow;

namespace Chunnel.Formats.Parquet;

/// <summary>
/// Where values stand in nested rows, as Parquet counts it: for each slot the child row it refers to (-1 when a null or an empty list ends the
/// way there), how many optional and repeated steps of the way are there, and at which repeated step the slot begins anew.
/// </summary>
internal sealed class Levels
{
    private readonly List<int> _rows = [];
    private readonly List<short> _defined = [];
    private readonly List<short> _repeated = [];

    public int Count => _rows.Count;

    /// <summary>The child row of each slot, or -1.</summary>
    public IReadOnlyList<int> Rows => _rows;

    public short[] Defined => [.. _defined];

    public short[] Repeated => [.. _repeated];

    /// <summary>One slot a row of the batch.</summary>
    public static Levels OfRows(int rows)
    {
        var levels = new Levels();
        for (var row = 0; row < rows; row++) levels.Add(row, 0, 0);
        return levels;
    }

    /// <summary>The same slots one optional step further: a null ends the way.</summary>
    public Levels Present(ArrayData data, int defined)
    {
        var levels = new Levels();
        var bits = data.NullCount == 0 || data.Buffers.Length == 0 ? [] : data.Buffers[0].Span;
        for (var i = 0; i < Count; i++)
        {
            var row = _rows[i];
            if (row < 0) levels.Add(-1, _defined[i], _repeated[i]);
            else if (!bits.IsEmpty && (bits[row >> 3] >> (row & 7) & 1) == 0) levels.Add(-1, (short)defined, _repeated[i]);
            else levels.Add(row, (short)(defined + 1), _repeated[i]);
        }
        return levels;
    }

    /// <summary>A slot for each element of the slots' lists; one for a list without any.</summary>
    public Levels Elements(ReadOnlySpan<int> offsets, int defined, int repeated)
    {
        var levels = new Levels();
        for (var i = 0; i < Count; i++)
        {
            var row = _rows[i];
            if (row < 0 || offsets[row] == offsets[row + 1])
            {
                levels.Add(-1, row < 0 ? _defined[i] : (short)defined, _repeated[i]);
                continue;
            }
            for (var child = offsets[row]; child < offsets[row + 1]; child++)
                levels.Add(child, (short)(defined + 1), child == offsets[row] ? _repeated[i] : (short)(repeated + 1));
        }
        return levels;
    }

    private void Add(int row, short defined, short repeated)
    {
        _rows.Add(row);
        _defined.Add(defined);
        _repeated.Add(repeated);
    }
}
