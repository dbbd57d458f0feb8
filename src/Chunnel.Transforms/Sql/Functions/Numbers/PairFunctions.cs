using System.Runtime.Intrinsics;
using Chunnel.Transforms.Sql.Kernels.Numbers;

namespace Chunnel.Transforms.Sql.Functions.Numbers;

internal readonly struct Power : IBinary<double>
{
    public static double Of(double a, double b) => Math.Pow(a, b);

    public static Vector256<double> Of(Vector256<double> a, Vector256<double> b) =>
        Vector256.Create(Math.Pow(a[0], b[0]), Math.Pow(a[1], b[1]), Math.Pow(a[2], b[2]), Math.Pow(a[3], b[3]));
}

/// <summary>The angle of the point (b, a).</summary>
internal readonly struct Atan2 : IBinary<double>
{
    public static double Of(double a, double b) => Math.Atan2(a, b);

    public static Vector256<double> Of(Vector256<double> a, Vector256<double> b) =>
        Vector256.Create(Math.Atan2(a[0], b[0]), Math.Atan2(a[1], b[1]), Math.Atan2(a[2], b[2]), Math.Atan2(a[3], b[3]));
}
