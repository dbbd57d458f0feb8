using System.Numerics;
using System.Runtime.Intrinsics;

namespace Chunnel.Transforms.Sql.Kernels.Numbers;

/// <summary>Two values in, one out: for single values and for a vector of them. Struct operators leave no call in the loop.</summary>
internal interface IBinary<T> where T : unmanaged
{
    static abstract T Of(T a, T b);

    static abstract Vector256<T> Of(Vector256<T> a, Vector256<T> b);
}

/// <summary>Integers wrap, as the peer's do.</summary>
internal readonly struct Add<T> : IBinary<T> where T : unmanaged, INumber<T>
{
    public static T Of(T a, T b) => a + b;

    public static Vector256<T> Of(Vector256<T> a, Vector256<T> b) => a + b;
}

internal readonly struct Subtract<T> : IBinary<T> where T : unmanaged, INumber<T>
{
    public static T Of(T a, T b) => a - b;

    public static Vector256<T> Of(Vector256<T> a, Vector256<T> b) => a - b;
}

internal readonly struct Multiply<T> : IBinary<T> where T : unmanaged, INumber<T>
{
    public static T Of(T a, T b) => a * b;

    public static Vector256<T> Of(Vector256<T> a, Vector256<T> b) => a * b;
}

/// <summary>Division of floating point numbers: by zero it is infinite.</summary>
internal readonly struct Divide<T> : IBinary<T> where T : unmanaged, IFloatingPoint<T>
{
    public static T Of(T a, T b) => a / b;

    public static Vector256<T> Of(Vector256<T> a, Vector256<T> b) => a / b;
}

/// <summary>The remainder of floating point numbers, with the sign of the dividend.</summary>
internal readonly struct Remainder : IBinary<double>
{
    public static double Of(double a, double b) => a % b;

    public static Vector256<double> Of(Vector256<double> a, Vector256<double> b) =>
        Vector256.Create(a[0] % b[0], a[1] % b[1], a[2] % b[2], a[3] % b[3]);
}
