using System.Numerics;
using System.Runtime.Intrinsics;

namespace Chunnel.Transforms.Sql.Kernels.Numbers;

/// <summary>Two values in, a truth out: for single values and, as a mask, for a vector of them.</summary>
internal interface ICompare
{
    static abstract bool Of<T>(T a, T b) where T : unmanaged, INumber<T>;

    static abstract Vector256<T> Of<T>(Vector256<T> a, Vector256<T> b) where T : unmanaged;

    /// <summary>The truth for the sign of an ordering: negative, zero, positive.</summary>
    static abstract bool OfOrder(int order);
}

internal readonly struct Equal : ICompare
{
    public static bool Of<T>(T a, T b) where T : unmanaged, INumber<T> => a == b;

    public static Vector256<T> Of<T>(Vector256<T> a, Vector256<T> b) where T : unmanaged => Vector256.Equals(a, b);

    public static bool OfOrder(int order) => order == 0;
}

internal readonly struct NotEqual : ICompare
{
    public static bool Of<T>(T a, T b) where T : unmanaged, INumber<T> => a != b;

    public static Vector256<T> Of<T>(Vector256<T> a, Vector256<T> b) where T : unmanaged => ~Vector256.Equals(a, b);

    public static bool OfOrder(int order) => order != 0;
}

internal readonly struct Less : ICompare
{
    public static bool Of<T>(T a, T b) where T : unmanaged, INumber<T> => a < b;

    public static Vector256<T> Of<T>(Vector256<T> a, Vector256<T> b) where T : unmanaged => Vector256.LessThan(a, b);

    public static bool OfOrder(int order) => order < 0;
}

internal readonly struct LessOrEqual : ICompare
{
    public static bool Of<T>(T a, T b) where T : unmanaged, INumber<T> => a <= b;

    public static Vector256<T> Of<T>(Vector256<T> a, Vector256<T> b) where T : unmanaged => Vector256.LessThanOrEqual(a, b);

    public static bool OfOrder(int order) => order <= 0;
}

internal readonly struct Greater : ICompare
{
    public static bool Of<T>(T a, T b) where T : unmanaged, INumber<T> => a > b;

    public static Vector256<T> Of<T>(Vector256<T> a, Vector256<T> b) where T : unmanaged => Vector256.GreaterThan(a, b);

    public static bool OfOrder(int order) => order > 0;
}

internal readonly struct GreaterOrEqual : ICompare
{
    public static bool Of<T>(T a, T b) where T : unmanaged, INumber<T> => a >= b;

    public static Vector256<T> Of<T>(Vector256<T> a, Vector256<T> b) where T : unmanaged => Vector256.GreaterThanOrEqual(a, b);

    public static bool OfOrder(int order) => order >= 0;
}
