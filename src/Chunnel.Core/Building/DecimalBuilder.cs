namespace Chunnel.Core;

/// <summary>Fills a <see cref="DecimalColumn"/> by index.</summary>
public sealed class DecimalBuilder(DecimalType type, BatchMemory memory, int capacity) : ColumnBuilder(type, memory, capacity)
{
    private ColumnBuffer _values;
    private ColumnBuffer _shownScale;

    public new DecimalType Type => (DecimalType)base.Type;

    /// <summary>One unscaled value a row, at the type's scale; uninitialised until written.</summary>
    public Span<Int128> Values => _values.IsEmpty ? (_values = ColumnBuffer.Rent<Int128>(Memory, Capacity)).As<Int128>() : _values.As<Int128>();

    /// <summary>The scale to show, a row; the type's at first. Ask only when a value is to be shown with another.</summary>
    public Span<sbyte> ShownScale => Lazily(ref _shownScale, (sbyte)Type.Scale, Capacity);

    public override long Bytes => _values.Bytes + _shownScale.Bytes;

    protected override Column Publish(int rows, ColumnBuffer validity, int nulls)
    {
        _ = Values;
        return new DecimalColumn(Type, rows, TakeOut(ref _values), TakeOut(ref _shownScale), validity, nulls);
    }

    protected override void Grow(int capacity)
    {
        GrowFixed<Int128>(ref _values, capacity);
        if (_shownScale.IsEmpty) return;
        var grown = ColumnBuffer.Rent<sbyte>(Memory, capacity);
        grown.As<sbyte>().Fill((sbyte)Type.Scale);
        _shownScale.As<sbyte>().CopyTo(grown.As<sbyte>());
        _shownScale.Release();
        _shownScale = grown;
    }

    protected override void Discard()
    {
        Drop(ref _values);
        Drop(ref _shownScale);
    }
}
