namespace Chunnel.Core;

/// <summary>Arrays: row r holds the elements <c>Offsets[r]..Offsets[r + 1]</c>. The first offset need not be 0.</summary>
public sealed class ListColumn : Column
{
    private readonly ColumnBuffer _offsets;

    /// <summary>Takes over one hold on each buffer and on the elements.</summary>
    public ListColumn(ArrayType type, int length, ColumnBuffer offsets, Column elements, ColumnBuffer validity, int nullCount)
        : base(type, length, validity, nullCount)
    {
        _offsets = offsets;
        Elements = elements;
    }

    public Column Elements { get; }

    /// <summary>Length + 1 offsets into <see cref="Elements"/>.</summary>
    public ReadOnlySpan<int> Offsets => _offsets.As<int>()[..(Length + 1)];

    public ColumnBuffer OffsetBuffer => _offsets;

    public override long Bytes => base.Bytes + _offsets.Bytes + Elements.Bytes;

    public override void Retain()
    {
        base.Retain();
        _offsets.Retain();
        Elements.Retain();
    }

    public override void Release()
    {
        base.Release();
        _offsets.Release();
        Elements.Release();
    }

    public override Column Slice(int start, int length, BatchMemory memory)
    {
        var (bits, nulls) = SliceValidity(start, length, memory);
        Elements.Retain();
        return new ListColumn((ArrayType)Type, length, SliceFixed<int>(_offsets, start, length + 1), Elements, bits, nulls);
    }

    public override Column Take(ReadOnlySpan<int> rows, BatchMemory memory)
    {
        var (bits, nulls) = TakeValidity(rows, memory);
        var (offsets, taken) = Ranges.Take(Offsets, rows, memory);
        var elements = Elements.Take(taken, memory);
        return new ListColumn((ArrayType)Type, rows.Length, offsets, elements, bits, nulls);
    }
}
