using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Chunnel.Core;

namespace Chunnel.Connectors.Jdbc;

/// <summary>
/// Turns a column into the fields of binary COPY: a 32-bit length before each value, -1 for null. One call a column and batch, a straight
/// loop inside; the lanes are then woven into rows.
/// </summary>
internal abstract unsafe class PgEncoder
{
    protected const int HeadBytes = sizeof(int);

    /// <summary>-1, in any byte order.</summary>
    protected const int NullHead = -1;

    /// <summary>Writes the fields of the rows that count.</summary>
    public abstract void Encode(Column column, in PgRows rows, TextLane lane, in PgPlace place);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected static void Put(byte* to, int value) => Unsafe.WriteUnaligned(to, BinaryPrimitives.ReverseEndianness(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected static void Put(byte* to, long value) => Unsafe.WriteUnaligned(to, BinaryPrimitives.ReverseEndianness(value));
}

/// <summary>Which rows of a batch are written.</summary>
internal readonly ref struct PgRows(ReadOnlySpan<ushort> selection, int count)
{
    private readonly ReadOnlySpan<ushort> _selection = selection;

    public int Count { get; } = count;

    public int this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _selection.IsEmpty ? index : _selection[index];
    }

    public static PgRows Of(ColumnBatch batch) => new(batch.Selection, batch.Selected);
}

/// <summary>What a sink does with values that a column cannot hold, and the counts of what it changed.</summary>
internal sealed class Strictness(OutOfRange outOfRange, PrecisionLoss precisionLoss, bool removesNul)
{
    public OutOfRange OutOfRange => outOfRange;

    public PrecisionLoss PrecisionLoss => precisionLoss;

    public bool RemovesNul => removesNul;

    /// <summary>Values that lost digits.</summary>
    public long Rounded { get; set; }

    /// <summary>Texts that lost U+0000.</summary>
    public long Stripped { get; set; }

    /// <summary>Values that were clamped or made null.</summary>
    public long Changed { get; set; }
}
