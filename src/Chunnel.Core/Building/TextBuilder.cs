namespace Chunnel.Core;

/// <summary>
/// Fills a <see cref="TextColumn"/>: string, bytes and vectors. Either append value by value, or write many at once: take
/// <see cref="Space"/>, write bytes there, write ends into <see cref="Ends"/>, and tell both with <see cref="Advance"/>.
/// </summary>
public sealed class TextBuilder(DataType type, BatchMemory memory, int capacity) : ColumnBuilder(type, memory, capacity)
{
    private const int FirstBytes = 32 << 10;

    private ColumnBuffer _offsets;
    private ColumnBuffer _bytes;

    /// <summary>Values written so far.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes written so far.</summary>
    public int ByteCount { get; private set; }

    public override long Bytes => ByteCount;

    /// <summary>The end of each row's bytes: entry r belongs to row r. Write rows from <see cref="Count"/> on, then call <see cref="Advance"/>.</summary>
    public Span<int> Ends => Offsets[1..];

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

    /// <summary>Room for at least so many more bytes, behind those written.</summary>
    public Span<byte> Space(int bytes)
    {
        var needed = checked(ByteCount + bytes);
        if (_bytes.IsEmpty || needed > _bytes.Bytes)
        {
            var size = Math.Max(Math.Max(FirstBytes, needed), (int)Math.Min(2L * ByteCount, Array.MaxLength));
            var grown = new ColumnBuffer(Memory.Rent(size), 0, size);
            if (grown.Block!.Length > size) grown = new ColumnBuffer(grown.Block, 0, grown.Block.Length);
            _bytes.As<byte>()[..ByteCount].CopyTo(grown.As<byte>());
            _bytes.Release();
            _bytes = grown;
        }
        return _bytes.As<byte>()[ByteCount..];
    }

    /// <summary>Tells how many values and bytes were written into <see cref="Ends"/> and <see cref="Space"/>.</summary>
    public void Advance(int values, int bytes)
    {
        Count += values;
        ByteCount += bytes;
    }

    public void Append(ReadOnlySpan<byte> value)
    {
        EnsureCapacity(Count + 1);
        value.CopyTo(Space(value.Length));
        ByteCount += value.Length;
        Ends[Count++] = ByteCount;
    }

    public void AppendNull()
    {
        EnsureCapacity(Count + 1);
        SetNull(Count);
        Ends[Count++] = ByteCount;
    }

    public override void AppendNullAt(int row)
    {
        Belief.Holds(row == Count, "rows of this column are appended in order");
        AppendNull();
    }

    protected override Column Publish(int rows, ColumnBuffer validity, int nulls)
    {
        Belief.Holds(rows <= Count, "every row of a text column has an end");
        _ = Offsets;
        _ = Space(0);
        var offsets = TakeOut(ref _offsets);
        var bytes = new ColumnBuffer(_bytes.Block, 0, offsets.As<int>()[rows]);
        _bytes = default;
        Count = 0;
        ByteCount = 0;
        return new TextColumn(Type, rows, offsets, bytes, validity, nulls);
    }

    protected override void Grow(int capacity) => GrowFixed<int>(ref _offsets, capacity + 1);

    protected override void Discard()
    {
        Drop(ref _offsets);
        Drop(ref _bytes);
        Count = 0;
        ByteCount = 0;
    }
}
