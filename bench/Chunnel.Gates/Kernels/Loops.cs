using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Chunnel.Gates.Kernels;

/// <summary>The shapes of data-path.md section 4: spans in, spans out, one call per batch.</summary>
internal static class Loops
{
    public static void Map<TOp, T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> r) where TOp : IBinary<T> where T : unmanaged
    {
        ref var left = ref MemoryMarshal.GetReference(a);
        ref var right = ref MemoryMarshal.GetReference(b);
        ref var result = ref MemoryMarshal.GetReference(r);
        var row = 0;
        for (; row <= r.Length - Vector256<T>.Count; row += Vector256<T>.Count)
        {
            TOp.Of(Vector256.LoadUnsafe(ref left, (nuint)row), Vector256.LoadUnsafe(ref right, (nuint)row)).StoreUnsafe(ref result, (nuint)row);
        }
        for (; row < r.Length; row++)
        {
            r[row] = TOp.Of(a[row], b[row]);
        }
    }

    /// <summary>64 rows per word; <paramref name="values"/> is padded to 64.</summary>
    public static void Compare<TOp, T>(ReadOnlySpan<T> values, T bound, Span<ulong> bits) where TOp : ICompare<T> where T : unmanaged
    {
        ref var first = ref MemoryMarshal.GetReference(values);
        var bounds = Vector256.Create(bound);
        for (var word = 0; word < bits.Length; word++)
        {
            ulong mask = 0;
            for (var lane = 0; lane < 64; lane += Vector256<T>.Count)
            {
                mask |= (ulong)TOp.Of(Vector256.LoadUnsafe(ref first, (nuint)(word * 64 + lane)), bounds).ExtractMostSignificantBits() << lane;
            }
            bits[word] = mask;
        }
    }

    public static int Select(ReadOnlySpan<ulong> bits, Span<ushort> selection)
    {
        var count = 0;
        for (var word = 0; word < bits.Length; word++)
        {
            for (var left = bits[word]; left != 0; left &= left - 1)
            {
                selection[count++] = (ushort)(word * 64 + BitOperations.TrailingZeroCount(left));
            }
        }
        return count;
    }

    public static void Take<T>(ReadOnlySpan<T> values, ReadOnlySpan<ushort> selection, Span<T> r) where T : unmanaged
    {
        ref var first = ref MemoryMarshal.GetReference(values);
        for (var i = 0; i < selection.Length; i++)
        {
            r[i] = Unsafe.Add(ref first, selection[i]);
        }
    }

    /// <summary>Rows whose text is <paramref name="wanted"/>.</summary>
    public static void EqualText(ReadOnlySpan<int> ends, ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> wanted, Span<ulong> bits)
    {
        for (var word = 0; word < bits.Length; word++)
        {
            ulong mask = 0;
            for (var lane = 0; lane < 64; lane++)
            {
                var start = ends[word * 64 + lane];
                var length = ends[word * 64 + lane + 1] - start;
                if (length == wanted.Length && bytes.Slice(start, length).SequenceEqual(wanted))
                {
                    mask |= 1UL << lane;
                }
            }
            bits[word] = mask;
        }
    }
}
