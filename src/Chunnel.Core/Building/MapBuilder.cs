namespace Chunnel.Core;

/// <summary>Fills a <see cref="MapColumn"/> in order: write keys and values, then close the row.</summary>
public sealed class MapBuilder(MapType type, BatchMemory memory, int capacity) : ColumnBuilder(type, memory, capacity)
{
    private ColumnBuffer _offsets;

    public ColumnBuilder Keys { get; } = For(type.Key, memory, capacity);

    public ColumnBuilder Values { get; } = For(type.Value, memory, capacity);

    /// <summary>Rows closed so far.</summary>
    public int Count { get; private set; }

    /// <summary>Pairs of the closed rows.</summary>
    public int PairCount => Count == 0 ? 0 : Offsets[Count];

    public override long Bytes => Keys.Bytes + Values.Bytes;

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

    /// <summary>Ends the row: it holds this many pairs behind those of the row before.</summary>
    public void CloseRow(int pairs)
    {
        EnsureCapacity(Count + 1);
        Offsets[Count + 1] = Offsets[Count] + pairs;
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
        Belief.Holds(rows <= Count, "every row of a map column is closed");
        var pairs = rows == 0 ? 0 : Offsets[rows];
        _ = Offsets;
        Count = 0;
        return new MapColumn((MapType)Type, rows, TakeOut(ref _offsets), Keys.Build(pairs), Values.Build(pairs), validity, nulls);
    }

    protected override void Grow(int capacity) => GrowFixed<int>(ref _offsets, capacity + 1);

    protected override void Discard()
    {
        Drop(ref _offsets);
        Count = 0;
        Keys.Dispose();
        Values.Dispose();
    }
}
