using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Chunnel.Transforms.Sql.Kernels.Numbers;

/// <summary>One result a row from two numbers, for all rows: nulls and rows that do not count are computed too, which costs less than asking.</summary>
internal static class MapKernels
{
    public static void Map<TOp, T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> result)
        where TOp : struct, IBinary<T> where T : unmanaged
    {
        ref var from = ref MemoryMarshal.GetReference(a);
        ref var with = ref MemoryMarshal.GetReference(b[..a.Length]);
        ref var to = ref MemoryMarshal.GetReference(result[..a.Length]);
        var row = 0;
        for (; row <= a.Length - Vector256<T>.Count; row += Vector256<T>.Count)
        {
            TOp.Of(Vector256.LoadUnsafe(ref from, (nuint)row), Vector256.LoadUnsafe(ref with, (nuint)row)).StoreUnsafe(ref to, (nuint)row);
        }
        for (; row < a.Length; row++) result[row] = TOp.Of(a[row], b[row]);
    }

    public static void Map<TOp, T>(ReadOnlySpan<T> a, T b, Span<T> result)
        where TOp : struct, IBinary<T> where T : unmanaged
    {
        ref var from = ref MemoryMarshal.GetReference(a);
        ref var to = ref MemoryMarshal.GetReference(result[..a.Length]);
        var with = Vector256.Create(b);
        var row = 0;
        for (; row <= a.Length - Vector256<T>.Count; row += Vector256<T>.Count)
        {
            TOp.Of(Vector256.LoadUnsafe(ref from, (nuint)row), with).StoreUnsafe(ref to, (nuint)row);
        }
        for (; row < a.Length; row++) result[row] = TOp.Of(a[row], b);
    }

    public static void Map<TOp, T>(T a, ReadOnlySpan<T> b, Span<T> result)
        where TOp : struct, IBinary<T> where T : unmanaged
    {
        ref var with = ref MemoryMarshal.GetReference(b);
        ref var to = ref MemoryMarshal.GetReference(result[..b.Length]);
        var from = Vector256.Create(a);
        var row = 0;
        for (; row <= b.Length - Vector256<T>.Count; row += Vector256<T>.Count)
        {
            TOp.Of(from, Vector256.LoadUnsafe(ref with, (nuint)row)).StoreUnsafe(ref to, (nuint)row);
        }
        for (; row < b.Length; row++) result[row] = TOp.Of(a, b[row]);
    }
}
