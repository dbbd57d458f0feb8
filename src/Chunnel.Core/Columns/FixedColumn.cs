namespace Chunnel.Core;

/// <summary>
/// Values of a fixed width: tinyint (sbyte), smallint (short), int, bigint (long), float, double, date (int days since 1970-01-01),
/// time (long nanoseconds of the day).
/// </summary>
public sealed class FixedColumn<T> : Column where T : unmanaged
{
    private readonly ColumnBuffer _values;

    /// <summary>Takes over one hold on each buffer.</summary>
    public FixedColumn(DataType type, int length, ColumnBuffer values, ColumnBuffer validity, int nullCount)
        : base(type, length, validity, nullCount) => _values = values;

    public ReadOnlySpan<T> Values => _values.As<T>()[..Length];

    /// <summary>The values to overwrite: only for the sole owner.</summary>
    public Span<T> WritableValues
    {
        get
        {
            Belief.Holds(_values.IsSoleOwner, "only a sole owner overwrites values");
            return _values.As<T>()[..Length];
        }
    }

    public ColumnBuffer ValueBuffer => _values;

    public override long Bytes => base.Bytes + _values.Bytes;

    public override void Retain()
    {
        base.Retain();
        _values.Retain();
    }

    public override void Release()
    {
        base.Release();
        _values.Release();
    }

    public override Column Slice(int start, int length, BatchMemory memory)
    {
        var (bits, nulls) = SliceValidity(start, length, memory);
        return new FixedColumn<T>(Type, length, SliceFixed<T>(_values, start, length), bits, nulls);
    }

    public override Column Take(ReadOnlySpan<int> rows, BatchMemory memory)
    {
        var (bits, nulls) = TakeValidity(rows, memory);
        return new FixedColumn<T>(Type, rows.Length, TakeFixed<T>(_values, rows, memory), bits, nulls);
    }
}
