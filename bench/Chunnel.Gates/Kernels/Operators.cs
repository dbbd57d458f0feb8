using System.Numerics;
using System.Runtime.Intrinsics;

namespace Chunnel.Gates.Kernels;

/// <summary>An operation on two values; the compiler makes one machine loop per operator and type.</summary>
internal interface IBinary<T> where T : unmanaged
{
    static abstract T Of(T a, T b);

    static abstract Vector256<T> Of(Vector256<T> a, Vector256<T> b);
}

internal readonly struct Add<T> : IBinary<T> where T : unmanaged, INumber<T>
{
    public static T Of(T a, T b) => unchecked(a + b);

    public static Vector256<T> Of(Vector256<T> a, Vector256<T> b) => a + b;
}

internal readonly struct Subtract<T> : IBinary<T> where T : unmanaged, INumber<T>
{
    public static T Of(T a, T b) => unchecked(a - b);

    public static Vector256<T> Of(Vector256<T> a, Vector256<T> b) => a - b;
}

internal readonly struct Multiply<T> : IBinary<T> where T : unmanaged, INumber<T>
{
    public static T Of(T a, T b) => unchecked(a * b);

    public static Vector256<T> Of(Vector256<T> a, Vector256<T> b) => a * b;
}

internal interface ICompare<T> where T : unmanaged
{
    static abstract bool Of(T a, T b);

    static abstract Vector256<T> Of(Vector256<T> a, Vector256<T> b);
}

internal readonly struct Greater<T> : ICompare<T> where T : unmanaged, INumber<T>
{
    public static bool Of(T a, T b) => a > b;

    public static Vector256<T> Of(Vector256<T> a, Vector256<T> b) => Vector256.GreaterThan(a, b);
}

internal readonly struct Equal<T> : ICompare<T> where T : unmanaged, INumber<T>
{
    public static bool Of(T a, T b) => a == b;

    public static Vector256<T> Of(Vector256<T> a, Vector256<T> b) => Vector256.Equals(a, b);
}
