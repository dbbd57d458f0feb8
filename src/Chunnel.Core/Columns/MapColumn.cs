namespace Chunnel.Core;

/// <summary>Maps: row r holds the pairs <c>Offsets[r]..Offsets[r + 1]</c> of <see cref="Keys"/> and <see cref="Values"/>, in order.</summary>
public sealed class MapColumn : Column
{
    private readonly ColumnBuffer _offsets;

    /// <summary>Takes over one hold on each buffer and on keys and values.</summary>
    public MapColumn(MapType type, int length, ColumnBuffer offsets, Column keys, Column values, ColumnBuffer validity, int nullCount)
        : base(type, length, validity, nullCount)
    {
        _offsets = offsets;
        Keys = keys;
        Values = values;
    }

    public Column Keys { get; }

    public Column Values { get; }

    /// <summary>Length + 1 offsets into <see cref="Keys"/> and <see cref="Values"/>.</summary>
    public ReadOnlySpan<int> Offsets => _offsets.As<int>()[..(Length + 1)];

    public ColumnBuffer OffsetBuffer => _offsets;

    public override long Bytes => base.Bytes + _offsets.Bytes + Keys.Bytes + Values.Bytes;

    public override void Retain()
    {
        base.Retain();
        _offsets.Retain();
        Keys.Retain();
        Values.Retain();
    }

    public override void Release()
    {
        base.Release();
        _offsets.Release();
        Keys.Release();
        Values.Release();
    }

    public override Column Slice(int start, int length, BatchMemory memory)
    {
        var (bits, nulls) = SliceValidity(start, length, memory);
        Keys.Retain();
        Values.Retain();
        return new MapColumn((MapType)Type, length, SliceFixed<int>(_offsets, start, length + 1), Keys, Values, bits, nulls);
    }

    public override Column Take(ReadOnlySpan<int> rows, BatchMemory memory)
    {
        var (bits, nulls) = TakeValidity(rows, memory);
        var (offsets, taken) = Ranges.Take(Offsets, rows, memory);
        return new MapColumn((MapType)Type, rows.Length, offsets, Keys.Take(taken, memory), Values.Take(taken, memory), bits, nulls);
    }
}
