using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Chunnel.Core;

namespace Chunnel.Transforms.Sql.Kernels.Texts;

/// <summary>
/// A text column as plain addresses, for loops that copy many short texts. Blocks do not move, and behind each stands slack that may be read
/// and written: so a short text is copied as 16 bytes, and what is too much is written over by the next text.
/// </summary>
internal readonly unsafe struct TextRun
{
    private const int Piece = 16;

    private readonly int* _offsets;
    private readonly byte* _bytes;
    private readonly ulong* _known;

    public TextRun(TextColumn column)
    {
        _offsets = (int*)AddressOf(column.OffsetBuffer);
        // Texts that are all empty may have no block: then any address is as good.
        _bytes = column.ByteBuffer.IsEmpty ? (byte*)_offsets : AddressOf(column.ByteBuffer);
        _known = column.HasNulls ? (ulong*)AddressOf(column.ValidityBuffer) : null;
    }

    /// <summary>True when no row is null.</summary>
    public bool IsWhole => _known is null;

    public bool Has(int row) => _known is null || (_known[row >> 6] >> row & 1) != 0;

    /// <summary>The bytes of a row's text, 0 for a null.</summary>
    public int LengthOf(int row) => Has(row) ? LengthAt(row) : 0;

    /// <summary>The bytes that stand in a row, null or not.</summary>
    public int LengthAt(int row) => _offsets[row + 1] - _offsets[row];

    /// <summary>Copies what stands in a row. Texts are to be copied in the order in which they stand at the target, whose block is a fresh one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public byte* Copy(int row, byte* to)
    {
        var start = _offsets[row];
        var length = _offsets[row + 1] - start;
        Copy(_bytes + start, to, length);
        return to + length;
    }

    /// <summary>The same for a part of it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void CopyPart(int row, int start, byte* to, int length) => Copy(_bytes + _offsets[row] + start, to, length);

    /// <summary>The address of the first byte of a run.</summary>
    public static byte* AddressOf(ColumnBuffer run) => run.Block!.Pointer + run.Offset;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Copy(byte* from, byte* to, int length)
    {
        Vector128.Store(Vector128.Load(from), to);
        if (length > Piece) Unsafe.CopyBlockUnaligned(to + Piece, from + Piece, (uint)(length - Piece));
    }
}
