using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Chunnel.Transforms.Sql.Kernels.Numbers;

/// <summary>One bit a row from comparing numbers, 64 rows a word.</summary>
internal static class CompareKernels
{
    public static void Compare<TOp, T>(ReadOnlySpan<T> a, T b, Span<ulong> bits)
        where TOp : struct, ICompare where T : unmanaged, INumber<T>
    {
        ref var from = ref MemoryMarshal.GetReference(a);
        var with = Vector256.Create(b);
        var whole = a.Length >> 6;
        for (var word = 0; word < whole; word++)
        {
            ulong said = 0;
            for (var row = 0; row < 64; row += Vector256<T>.Count)
            {
                said |= (ulong)TOp.Of(Vector256.LoadUnsafe(ref from, (nuint)((word << 6) + row)), with).ExtractMostSignificantBits() << row;
            }
            bits[word] = said;
        }
        if ((a.Length & 63) == 0) return;
        ulong last = 0;
        for (var row = whole << 6; row < a.Length; row++) last |= (TOp.Of(a[row], b) ? 1UL : 0) << row;
        bits[whole] = last;
    }

    public static void Compare<TOp, T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<ulong> bits)
        where TOp : struct, ICompare where T : unmanaged, INumber<T>
    {
        ref var from = ref MemoryMarshal.GetReference(a);
        ref var with = ref MemoryMarshal.GetReference(b[..a.Length]);
        var whole = a.Length >> 6;
        for (var word = 0; word < whole; word++)
        {
            ulong said = 0;
            for (var row = 0; row < 64; row += Vector256<T>.Count)
            {
                var at = (nuint)((word << 6) + row);
                said |= (ulong)TOp.Of(Vector256.LoadUnsafe(ref from, at), Vector256.LoadUnsafe(ref with, at)).ExtractMostSignificantBits() << row;
            }
            bits[word] = said;
        }
        if ((a.Length & 63) == 0) return;
        ulong last = 0;
        for (var row = whole << 6; row < a.Length; row++) last |= (TOp.Of(a[row], b[row]) ? 1UL : 0) << row;
        bits[whole] = last;
    }
}
