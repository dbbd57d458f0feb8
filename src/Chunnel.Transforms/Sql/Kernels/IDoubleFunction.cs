using System.Runtime.Intrinsics;

namespace Chunnel.Transforms.Sql.Kernels;

/// <summary>One floating point number in, one out.</summary>
internal interface IDoubleFunction
{
    static abstract double Of(double value);
}

internal readonly struct Sqrt : IDoubleFunction
{
    public static double Of(double value) => Math.Sqrt(value);
}

internal readonly struct Exp : IDoubleFunction
{
    public static double Of(double value) => Math.Exp(value);
}

internal readonly struct Power : IBinary<double>
{
    public static double Of(double a, double b) => Math.Pow(a, b);

    public static Vector256<double> Of(Vector256<double> a, Vector256<double> b) =>
        Vector256.Create(Math.Pow(a[0], b[0]), Math.Pow(a[1], b[1]), Math.Pow(a[2], b[2]), Math.Pow(a[3], b[3]));
}
