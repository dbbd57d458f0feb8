namespace Chunnel.Core;

/// <summary>
/// Fills one column. Sources write whole spans between two awaits; there is no virtual call per value on that way. Rows stand at their
/// index, so fixed columns may be filled in any order; text and lists are filled in order. A builder is used again after <see cref="Build"/>.
/// </summary>
public abstract class ColumnBuilder(DataType type, BatchMemory memory, int capacity) : IDisposable
{
    private ColumnBuffer _validity;

    public DataType Type { get; } = type;

    /// <summary>Rows that fit before <see cref="EnsureCapacity"/>.</summary>
    public int Capacity { get; private set; } = capacity;

    /// <summary>How many bytes the values take so far.</summary>
    public virtual long Bytes => 0;

    protected BatchMemory Memory { get; } = memory;

    /// <summary>Validity bits to write, one a row: all ones when first asked for. Not asking means that there are no nulls.</summary>
    public Span<ulong> Validity
    {
        get
        {
            if (_validity.IsEmpty)
            {
                _validity = ColumnBuffer.RentBits(Memory, Capacity);
                _validity.As<ulong>().Fill(ulong.MaxValue);
            }
            return _validity.As<ulong>();
        }
    }

    /// <summary>Makes a row null. Text and list builders also need their end: use their AppendNull.</summary>
    public void SetNull(int row) => Bits.Clear(Validity, row);

    /// <summary>Makes the row null in any builder, filling what is in order up to it; the rows before it are written already.</summary>
    public virtual void AppendNullAt(int row)
    {
        EnsureCapacity(row + 1);
        SetNull(row);
    }

    /// <summary>Makes room for so many rows, keeping what is written.</summary>
    public void EnsureCapacity(int rows)
    {
        if (rows <= Capacity) return;
        var larger = Math.Max(rows, checked(Capacity * 2));
        if (!_validity.IsEmpty)
        {
            var grown = ColumnBuffer.RentBits(Memory, larger);
            grown.As<ulong>().Fill(ulong.MaxValue);
            _validity.As<ulong>().CopyTo(grown.As<ulong>());
            _validity.Release();
            _validity = grown;
        }
        Grow(larger);
        Capacity = larger;
    }

    /// <summary>Takes the first rows out as a column that the caller owns; the builder starts anew.</summary>
    public Column Build(int rows)
    {
        var validity = _validity;
        _validity = default;
        var nulls = 0;
        if (!validity.IsEmpty)
        {
            if (rows > 0) validity.As<ulong>()[Bits.Words(rows) - 1] &= Bits.LastMask(rows);
            nulls = rows - Bits.Count(validity.As<ulong>(), rows);
        }
        return Publish(rows, validity, nulls);
    }

    /// <summary>Lets go of what is written and not built.</summary>
    public void Dispose()
    {
        _validity.Release();
        _validity = default;
        Discard();
        GC.SuppressFinalize(this);
    }

    protected abstract Column Publish(int rows, ColumnBuffer validity, int nulls);

    protected abstract void Grow(int capacity);

    protected abstract void Discard();

    protected void GrowFixed<T>(ref ColumnBuffer values, int capacity) where T : unmanaged
    {
        if (values.IsEmpty) return;
        var grown = ColumnBuffer.Rent<T>(Memory, capacity);
        values.As<T>().CopyTo(grown.As<T>());
        values.Release();
        values = grown;
    }

    protected Span<T> Lazily<T>(ref ColumnBuffer values, T fill, int count) where T : unmanaged
    {
        if (values.IsEmpty)
        {
            values = ColumnBuffer.Rent<T>(Memory, count);
            values.As<T>().Fill(fill);
        }
        return values.As<T>();
    }

    protected static ColumnBuffer TakeOut(ref ColumnBuffer buffer)
    {
        var taken = buffer;
        buffer = default;
        return taken;
    }

    protected static void Drop(ref ColumnBuffer buffer)
    {
        buffer.Release();
        buffer = default;
    }

    /// <summary>A builder for the type, with its children.</summary>
    public static ColumnBuilder For(DataType type, BatchMemory memory, int capacity) => type.Kind switch
    {
        TypeKind.Null => new NullBuilder(memory, capacity),
        TypeKind.Boolean => new BoolBuilder(memory, capacity),
        TypeKind.TinyInt => new FixedBuilder<sbyte>(type, memory, capacity),
        TypeKind.SmallInt => new FixedBuilder<short>(type, memory, capacity),
        TypeKind.Int or TypeKind.Date => new FixedBuilder<int>(type, memory, capacity),
        TypeKind.BigInt or TypeKind.Time => new FixedBuilder<long>(type, memory, capacity),
        TypeKind.Float => new FixedBuilder<float>(type, memory, capacity),
        TypeKind.Double => new FixedBuilder<double>(type, memory, capacity),
        TypeKind.Decimal => new DecimalBuilder((DecimalType)type, memory, capacity),
        TypeKind.Timestamp or TypeKind.TimestampTz => new TimestampBuilder(type, memory, capacity),
        TypeKind.Array => new ListBuilder((ArrayType)type, memory, capacity),
        TypeKind.Map => new MapBuilder((MapType)type, memory, capacity),
        TypeKind.Row => new RowBuilder((RowType)type, memory, capacity),
        _ => new TextBuilder(type, memory, capacity),
    };
}
