namespace Chunnel.Core;

/// <summary>Booleans, one bit a row.</summary>
public sealed class BoolColumn : Column
{
    private readonly ColumnBuffer _bits;

    /// <summary>Takes over one hold on each buffer.</summary>
    public BoolColumn(int length, ColumnBuffer bits, ColumnBuffer validity, int nullCount)
        : base(DataType.Boolean, length, validity, nullCount) => _bits = bits;

    /// <summary>Set where the value is true; the bits of nulls and behind the last row have no meaning.</summary>
    public ReadOnlySpan<ulong> Values => _bits.As<ulong>();

    public ColumnBuffer ValueBuffer => _bits;

    public override long Bytes => base.Bytes + _bits.Bytes;

    public override void Retain()
    {
        base.Retain();
        _bits.Retain();
    }

    public override void Release()
    {
        base.Release();
        _bits.Release();
    }

    public override Column Slice(int start, int length, BatchMemory memory)
    {
        var (bits, nulls) = SliceValidity(start, length, memory);
        return new BoolColumn(length, SliceBits(_bits, start, length, memory), bits, nulls);
    }

    public override Column Take(ReadOnlySpan<int> rows, BatchMemory memory)
    {
        var (validity, nulls) = TakeValidity(rows, memory);
        var bits = ColumnBuffer.RentBits(memory, rows.Length);
        Bits.Take(Values, rows, bits.As<ulong>());
        return new BoolColumn(rows.Length, bits, validity, nulls);
    }
}
