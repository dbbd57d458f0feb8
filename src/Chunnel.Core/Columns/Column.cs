namespace Chunnel.Core;

/// <summary>
/// The values of one column for the rows of a batch, in Arrow's layout on our blocks. Frozen once published; several batches may
/// share it, each holding its blocks once. Nulls stand in <see cref="Validity"/>; the value slot of a null is defined but has no meaning.
/// </summary>
public abstract class Column
{
    private readonly ColumnBuffer _validity;

    protected Column(DataType type, int length, ColumnBuffer validity, int nullCount)
    {
        Belief.Holds(nullCount == 0 || !validity.IsEmpty || type.Kind == TypeKind.Null, "a column with nulls has validity bits");
        Type = type;
        Length = length;
        NullCount = nullCount;
        _validity = nullCount == 0 ? default : validity;
        if (nullCount == 0) validity.Release();
    }

    public DataType Type { get; }

    /// <summary>Rows.</summary>
    public int Length { get; }

    public int NullCount { get; }

    public bool HasNulls => NullCount > 0;

    /// <summary>One bit a row, set where there is a value; empty when no row is null.</summary>
    public ReadOnlySpan<ulong> Validity => _validity.As<ulong>();

    public ColumnBuffer ValidityBuffer => _validity;

    public virtual bool IsNull(int row) => NullCount > 0 && !Bits.Get(Validity, row);

    /// <summary>Bytes of all buffers, as they count against a batch's size.</summary>
    public virtual long Bytes => _validity.Bytes;

    /// <summary>Holds the column once more.</summary>
    public virtual void Retain() => _validity.Retain();

    /// <summary>Lets go of one hold.</summary>
    public virtual void Release() => _validity.Release();

    /// <summary>Rows from a start, sharing the value blocks (bits are copied when the start is not a multiple of 64). The caller owns one hold.</summary>
    public abstract Column Slice(int start, int length, BatchMemory memory);

    /// <summary>The chosen rows in the given order, as a new column that the caller owns. A row may be chosen more than once.</summary>
    public abstract Column Take(ReadOnlySpan<int> rows, BatchMemory memory);

    /// <summary>Validity for a slice: shared when the start is word-aligned, else shifted into a new block.</summary>
    protected (ColumnBuffer Bits, int NullCount) SliceValidity(int start, int length, BatchMemory memory)
    {
        if (NullCount == 0) return (default, 0);
        var bits = SliceBits(_validity, start, length, memory);
        return (bits, length - Bits.Count(bits.As<ulong>(), length));
    }

    protected (ColumnBuffer Bits, int NullCount) TakeValidity(ReadOnlySpan<int> rows, BatchMemory memory)
    {
        if (NullCount == 0) return (default, 0);
        var bits = ColumnBuffer.RentBits(memory, rows.Length);
        Bits.Take(Validity, rows, bits.As<ulong>());
        return (bits, rows.Length - Bits.Count(bits.As<ulong>(), rows.Length));
    }

    protected static ColumnBuffer SliceBits(ColumnBuffer bits, int start, int length, BatchMemory memory)
    {
        if ((start & 63) == 0)
        {
            bits.Retain();
            return bits.Slice(start >> 3, Bits.Words(length) * sizeof(ulong));
        }
        var copy = ColumnBuffer.RentBits(memory, length);
        Bits.CopyFrom(bits.As<ulong>(), start, copy.As<ulong>(), length);
        return copy;
    }

    protected static ColumnBuffer SliceFixed<T>(ColumnBuffer values, int start, int length) where T : unmanaged
    {
        if (values.IsEmpty) return default;
        values.Retain();
        var width = System.Runtime.CompilerServices.Unsafe.SizeOf<T>();
        return values.Slice(start * width, length * width);
    }

    protected static ColumnBuffer TakeFixed<T>(ColumnBuffer values, ReadOnlySpan<int> rows, BatchMemory memory) where T : unmanaged
    {
        if (values.IsEmpty) return default;
        var taken = ColumnBuffer.Rent<T>(memory, rows.Length);
        ReadOnlySpan<T> from = values.As<T>();
        var to = taken.As<T>();
        for (var i = 0; i < rows.Length; i++) to[i] = from[rows[i]];
        return taken;
    }
}
