namespace Chunnel.Core;

/// <summary>Fills a <see cref="BoolColumn"/> by index.</summary>
public sealed class BoolBuilder(BatchMemory memory, int capacity) : ColumnBuilder(DataType.Boolean, memory, capacity)
{
    private ColumnBuffer _bits;

    /// <summary>One bit a row, all clear at first.</summary>
    public Span<ulong> Values => Lazily(ref _bits, 0UL, Bits.Words(Capacity));

    protected override Column Publish(int rows, ColumnBuffer validity, int nulls)
    {
        _ = Values;
        return new BoolColumn(rows, TakeOut(ref _bits), validity, nulls);
    }

    protected override void Grow(int capacity)
    {
        if (_bits.IsEmpty) return;
        var grown = ColumnBuffer.RentBits(Memory, capacity);
        grown.As<ulong>().Clear();
        _bits.As<ulong>().CopyTo(grown.As<ulong>());
        _bits.Release();
        _bits = grown;
    }

    protected override void Discard() => Drop(ref _bits);
}
