namespace Chunnel.Transforms.Sql.Functions.Numbers;

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

internal readonly struct Acos : IDoubleFunction
{
    public static double Of(double value) => Math.Acos(value);
}

internal readonly struct Asin : IDoubleFunction
{
    public static double Of(double value) => Math.Asin(value);
}

internal readonly struct Atan : IDoubleFunction
{
    public static double Of(double value) => Math.Atan(value);
}

internal readonly struct Cos : IDoubleFunction
{
    public static double Of(double value) => Math.Cos(value);
}

internal readonly struct Cosh : IDoubleFunction
{
    public static double Of(double value) => Math.Cosh(value);
}

internal readonly struct Sin : IDoubleFunction
{
    public static double Of(double value) => Math.Sin(value);
}

internal readonly struct Sinh : IDoubleFunction
{
    public static double Of(double value) => Math.Sinh(value);
}

internal readonly struct Tan : IDoubleFunction
{
    public static double Of(double value) => Math.Tan(value);
}

internal readonly struct Tanh : IDoubleFunction
{
    public static double Of(double value) => Math.Tanh(value);
}

internal readonly struct Radians : IDoubleFunction
{
    public static double Of(double value) => value / 180.0 * Math.PI;
}
