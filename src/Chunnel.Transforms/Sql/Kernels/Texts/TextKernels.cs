using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Chunnel.Core;
using Chunnel.Transforms.Sql.Kernels.Numbers;

namespace Chunnel.Transforms.Sql.Kernels.Texts;

/// <summary>One bit a row from comparing texts.</summary>
internal static class TextKernels
{
    private const int ShortText = sizeof(ulong);

    /// <summary>Sets a bit where the row's text is the given one.</summary>
    public static void EqualTo(TextColumn column, ReadOnlySpan<byte> text, Span<ulong> bits)
    {
        if (text.Length <= ShortText && !column.Utf8.IsEmpty) EqualToShort(column, text, bits);
        else EqualToLong(column, text, bits);
    }

    /// <summary>
    /// Up to 8 bytes: one load a row, masked to the length. Loads run past the text's end into the block's slack, never past the slack.
    /// </summary>
    private static void EqualToShort(TextColumn column, ReadOnlySpan<byte> text, Span<ulong> bits)
    {
        Span<byte> padded = stackalloc byte[ShortText];
        padded.Clear();
        text.CopyTo(padded);
        var wanted = MemoryMarshal.Read<ulong>(padded);
        var mask = text.Length == ShortText ? ulong.MaxValue : (1UL << (8 * text.Length)) - 1;
        var length = text.Length;
        var offsets = column.Offsets;
        ref var bytes = ref MemoryMarshal.GetReference(column.Utf8);
        var rows = column.Length;
        for (var first = 0; first < rows; first += 64)
        {
            ulong said = 0;
            var last = Math.Min(rows, first + 64);
            var start = offsets[first];
            for (var row = first; row < last; row++)
            {
                var end = offsets[row + 1];
                var value = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref bytes, start));
                var same = ((value ^ wanted) & mask) == 0 & end - start == length;
                said |= (same ? 1UL : 0UL) << row;
                start = end;
            }
            bits[first >> 6] = said;
        }
    }

    /// <summary>Lengths first, which most rows fail; then the bytes of those that are left.</summary>
    private static void EqualToLong(TextColumn column, ReadOnlySpan<byte> text, Span<ulong> bits)
    {
        var offsets = column.Offsets;
        var bytes = column.Utf8;
        var rows = column.Length;
        for (var first = 0; first < rows; first += 64)
        {
            ulong near = 0;
            var last = Math.Min(rows, first + 64);
            for (var row = first; row < last; row++) near |= (offsets[row + 1] - offsets[row] == text.Length ? 1UL : 0UL) << row;
            ulong said = 0;
            for (; near != 0; near &= near - 1)
            {
                var row = BitOperations.TrailingZeroCount(near);
                if (bytes.Slice(offsets[first + row], text.Length).SequenceEqual(text)) said |= 1UL << row;
            }
            bits[first >> 6] = said;
        }
    }

    /// <summary>Sets a bit where the order of the row's text to the given one is the wanted.</summary>
    public static void Compare<TOp>(TextColumn a, ReadOnlySpan<byte> b, Span<ulong> bits) where TOp : struct, ICompare
    {
        var offsets = a.Offsets;
        var bytes = a.Utf8;
        bits.Clear();
        for (var row = 0; row < a.Length; row++)
        {
            var order = bytes[offsets[row]..offsets[row + 1]].SequenceCompareTo(b);
            bits[row >> 6] |= (TOp.OfOrder(order) ? 1UL : 0UL) << row;
        }
    }

    public static void Compare<TOp>(TextColumn a, TextColumn b, Span<ulong> bits) where TOp : struct, ICompare
    {
        var aOffsets = a.Offsets;
        var bOffsets = b.Offsets;
        var aBytes = a.Utf8;
        var bBytes = b.Utf8;
        bits.Clear();
        for (var row = 0; row < a.Length; row++)
        {
            var order = aBytes[aOffsets[row]..aOffsets[row + 1]].SequenceCompareTo(bBytes[bOffsets[row]..bOffsets[row + 1]]);
            bits[row >> 6] |= (TOp.OfOrder(order) ? 1UL : 0UL) << row;
        }
    }
}
