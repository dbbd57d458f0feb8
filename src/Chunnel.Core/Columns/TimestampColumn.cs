namespace Chunnel.Core;

/// <summary>
/// Timestamps as microseconds since 1970-01-01T00:00: local time for TIMESTAMP, the instant in UTC for TIMESTAMP_TZ. Two sides, present
/// only where some row needs them: nanoseconds 0..999 within the microsecond, and minutes of offset to UTC. <c>long.MaxValue</c> and
/// <c>long.MinValue</c> are the infinities. Years reach from -290,308 to 294,247.
/// </summary>
public sealed class TimestampColumn : Column
{
    public const long PositiveInfinity = long.MaxValue;
    public const long NegativeInfinity = long.MinValue;

    private readonly ColumnBuffer _micros;
    private readonly ColumnBuffer _nanos;
    private readonly ColumnBuffer _offsetMinutes;

    /// <summary>Takes over one hold on each buffer; the sides may be empty.</summary>
    public TimestampColumn(DataType type, int length, ColumnBuffer micros, ColumnBuffer nanos, ColumnBuffer offsetMinutes, ColumnBuffer validity, int nullCount)
        : base(type, length, validity, nullCount)
    {
        _micros = micros;
        _nanos = nanos;
        _offsetMinutes = offsetMinutes;
    }

    public ReadOnlySpan<long> Micros => _micros.As<long>()[..Length];

    /// <summary>0..999 a row; empty when all are 0.</summary>
    public ReadOnlySpan<short> Nanos => _nanos.As<short>();

    /// <summary>Minutes east of UTC a row; empty when all are 0.</summary>
    public ReadOnlySpan<short> OffsetMinutes => _offsetMinutes.As<short>();

    public ColumnBuffer MicrosBuffer => _micros;

    public ColumnBuffer NanosBuffer => _nanos;

    public ColumnBuffer OffsetMinutesBuffer => _offsetMinutes;

    public override long Bytes => base.Bytes + _micros.Bytes + _nanos.Bytes + _offsetMinutes.Bytes;

    public override void Retain()
    {
        base.Retain();
        _micros.Retain();
        _nanos.Retain();
        _offsetMinutes.Retain();
    }

    public override void Release()
    {
        base.Release();
        _micros.Release();
        _nanos.Release();
        _offsetMinutes.Release();
    }

    public override Column Slice(int start, int length, BatchMemory memory)
    {
        var (bits, nulls) = SliceValidity(start, length, memory);
        return new TimestampColumn(
            Type, length, SliceFixed<long>(_micros, start, length), SliceFixed<short>(_nanos, start, length),
            SliceFixed<short>(_offsetMinutes, start, length), bits, nulls);
    }

    public override Column Take(ReadOnlySpan<int> rows, BatchMemory memory)
    {
        var (bits, nulls) = TakeValidity(rows, memory);
        return new TimestampColumn(
            Type, rows.Length, TakeFixed<long>(_micros, rows, memory), TakeFixed<short>(_nanos, rows, memory),
            TakeFixed<short>(_offsetMinutes, rows, memory), bits, nulls);
    }
}
