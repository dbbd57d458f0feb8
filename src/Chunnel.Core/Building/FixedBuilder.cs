namespace Chunnel.Core;

/// <summary>Fills a <see cref="FixedColumn{T}"/> by index.</summary>
public sealed class FixedBuilder<T>(DataType type, BatchMemory memory, int capacity) : ColumnBuilder(type, memory, capacity)
    where T : unmanaged
{
    private ColumnBuffer _values;

    /// <summary>One slot a row, uninitialised until written.</summary>
    public Span<T> Values => _values.IsEmpty ? (_values = ColumnBuffer.Rent<T>(Memory, Capacity)).As<T>() : _values.As<T>();

    public override long Bytes => _values.Bytes;

    protected override Column Publish(int rows, ColumnBuffer validity, int nulls)
    {
        _ = Values;
        return new FixedColumn<T>(Type, rows, TakeOut(ref _values), validity, nulls);
    }

    protected override void Grow(int capacity) => GrowFixed<T>(ref _values, capacity);

    protected override void Discard() => Drop(ref _values);
}
