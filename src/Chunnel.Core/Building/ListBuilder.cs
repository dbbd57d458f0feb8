namespace Chunnel.Core;

/// <summary>Fills a <see cref="ListColumn"/> in order: write elements into <see cref="Elements"/>, then close the row.</summary>
public sealed class ListBuilder(ArrayType type, BatchMemory memory, int capacity) : ColumnBuilder(type, memory, capacity)
{
    private ColumnBuffer _offsets;

    /// <summary>The elements of all rows, one behind the other. Grow it before writing by index.</summary>
    public ColumnBuilder Elements { get; } = For(type.Element, memory, capacity);

    /// <summary>Rows closed so far.</summary>
    public int Count { get; private set; }

    /// <summary>Elements of the closed rows.</summary>
    public int ElementCount => Count == 0 ? 0 : Offsets[Count];

    public override long Bytes => Elements.Bytes;

    private Span<int> Offsets
    {
        get
        {
            if (_offsets.IsEmpty)
            {
                _offsets = ColumnBuffer.Rent<int>(Memory, Capacity + 1);
                _offsets.As<int>()[0] = 0;
            }
            return _offsets.As<int>();
        }
    }

    /// <summary>Ends the row: it holds this many elements behind those of the row before.</summary>
    public void CloseRow(int elements)
    {
        EnsureCapacity(Count + 1);
        Offsets[Count + 1] = Offsets[Count] + elements;
        Count++;
    }

    public void AppendNull()
    {
        EnsureCapacity(Count + 1);
        SetNull(Count);
        CloseRow(0);
    }

    public override void AppendNullAt(int row)
    {
        Belief.Holds(row == Count, "rows of this column are appended in order");
        AppendNull();
    }

    protected override Column Publish(int rows, ColumnBuffer validity, int nulls)
    {
        Belief.Holds(rows <= Count, "every row of a list column is closed");
        var elements = Elements.Build(rows == 0 ? 0 : Offsets[rows]);
        _ = Offsets;
        Count = 0;
        return new ListColumn((ArrayType)Type, rows, TakeOut(ref _offsets), elements, validity, nulls);
    }

    protected override void Grow(int capacity) => GrowFixed<int>(ref _offsets, capacity + 1);

    protected override void Discard()
    {
        Drop(ref _offsets);
        Count = 0;
        Elements.Dispose();
    }
}
