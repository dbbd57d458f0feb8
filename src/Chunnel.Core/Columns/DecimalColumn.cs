namespace Chunnel.Core;

/// <summary>
/// Exact numbers as unscaled 128-bit integers at the type's scale, and a side for the scale that a value is shown with, present only
/// where some row differs from the type's (a numeric 12.30 in DECIMAL(38, 18) is shown as 12.30).
/// </summary>
public sealed class DecimalColumn : Column
{
    private readonly ColumnBuffer _values;
    private readonly ColumnBuffer _shownScale;

    /// <summary>Takes over one hold on each buffer; the side may be empty.</summary>
    public DecimalColumn(DecimalType type, int length, ColumnBuffer values, ColumnBuffer shownScale, ColumnBuffer validity, int nullCount)
        : base(type, length, validity, nullCount)
    {
        _values = values;
        _shownScale = shownScale;
    }

    public new DecimalType Type => (DecimalType)base.Type;

    public ReadOnlySpan<Int128> Values => _values.As<Int128>()[..Length];

    /// <summary>Digits after the point to show, a row; empty when all show the type's scale.</summary>
    public ReadOnlySpan<sbyte> ShownScale => _shownScale.As<sbyte>();

    public ColumnBuffer ValueBuffer => _values;

    public ColumnBuffer ShownScaleBuffer => _shownScale;

    public override long Bytes => base.Bytes + _values.Bytes + _shownScale.Bytes;

    public override void Retain()
    {
        base.Retain();
        _values.Retain();
        _shownScale.Retain();
    }

    public override void Release()
    {
        base.Release();
        _values.Release();
        _shownScale.Release();
    }

    public override Column Slice(int start, int length, BatchMemory memory)
    {
        var (bits, nulls) = SliceValidity(start, length, memory);
        return new DecimalColumn(Type, length, SliceFixed<Int128>(_values, start, length), SliceFixed<sbyte>(_shownScale, start, length), bits, nulls);
    }

    public override Column Take(ReadOnlySpan<int> rows, BatchMemory memory)
    {
        var (bits, nulls) = TakeValidity(rows, memory);
        return new DecimalColumn(Type, rows.Length, TakeFixed<Int128>(_values, rows, memory), TakeFixed<sbyte>(_shownScale, rows, memory), bits, nulls);
    }
}
