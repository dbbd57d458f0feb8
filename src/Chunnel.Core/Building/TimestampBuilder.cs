namespace Chunnel.Core;

/// <summary>Fills a <see cref="TimestampColumn"/> by index.</summary>
public sealed class TimestampBuilder(DataType type, BatchMemory memory, int capacity) : ColumnBuilder(type, memory, capacity)
{
    private ColumnBuffer _micros;
    private ColumnBuffer _nanos;
    private ColumnBuffer _offsetMinutes;

    /// <summary>Microseconds since 1970, a row; uninitialised until written.</summary>
    public Span<long> Micros => _micros.IsEmpty ? (_micros = ColumnBuffer.Rent<long>(Memory, Capacity)).As<long>() : _micros.As<long>();

    /// <summary>Nanoseconds 0..999 within the microsecond, a row; 0 at first. Ask only when a value has some.</summary>
    public Span<short> Nanos => Lazily(ref _nanos, (short)0, Capacity);

    /// <summary>Minutes east of UTC, a row; 0 at first. Ask only when a value has some.</summary>
    public Span<short> OffsetMinutes => Lazily(ref _offsetMinutes, (short)0, Capacity);

    public override long Bytes => _micros.Bytes + _nanos.Bytes + _offsetMinutes.Bytes;

    protected override Column Publish(int rows, ColumnBuffer validity, int nulls)
    {
        _ = Micros;
        return new TimestampColumn(Type, rows, TakeOut(ref _micros), TakeOut(ref _nanos), TakeOut(ref _offsetMinutes), validity, nulls);
    }

    protected override void Grow(int capacity)
    {
        GrowFixed<long>(ref _micros, capacity);
        GrowSide(ref _nanos, capacity);
        GrowSide(ref _offsetMinutes, capacity);
    }

    protected override void Discard()
    {
        Drop(ref _micros);
        Drop(ref _nanos);
        Drop(ref _offsetMinutes);
    }

    private void GrowSide(ref ColumnBuffer side, int capacity)
    {
        if (side.IsEmpty) return;
        var grown = ColumnBuffer.Rent<short>(Memory, capacity);
        grown.As<short>().Clear();
        side.As<short>().CopyTo(grown.As<short>());
        side.Release();
        side = grown;
    }
}
