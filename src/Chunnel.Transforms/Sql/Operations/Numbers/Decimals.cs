using System.Numerics;
using Chunnel.Transforms.Sql.Kernels.Numbers;

namespace Chunnel.Transforms.Sql.Operations.Numbers;

/// <summary>Arithmetic on unscaled 128-bit numbers with scales.</summary>
internal static class Decimals
{
    /// <summary>Digits of the largest exact number.</summary>
    public const int MaxPrecision = 38;

    private static readonly Int128[] Powers = MakePowers();

    /// <summary>10 to the power, 0 to 38.</summary>
    public static Int128 Power(int digits) => Powers[digits];

    /// <summary>True when the number has no more than so many digits.</summary>
    public static bool Fits(Int128 value, int precision) => value < Powers[precision] && value > -Powers[precision];

    /// <summary>The order of two exact numbers of any scales.</summary>
    public static int Compare(Int128 a, int scaleOfA, Int128 b, int scaleOfB)
    {
        if (scaleOfA == scaleOfB) return a.CompareTo(b);
        if (scaleOfA > scaleOfB) return -Compare(b, scaleOfB, a, scaleOfA);
        // a is the coarser one: compare with b's whole part, then ask whether b has more behind it.
        var power = Powers[scaleOfB - scaleOfA];
        var whole = b / power;
        var order = a.CompareTo(whole);
        return order != 0 ? order : -(b % power).CompareTo(Int128.Zero);
    }

    /// <summary>The number at another scale; false when it has no room. Digits that are lost round by the given rule.</summary>
    public static bool TryRescale(Int128 value, int from, int to, DecimalRounding rounding, out Int128 result)
    {
        if (to >= from) return TryMultiply(value, Powers[to - from], out result);
        result = Divide(value, Powers[from - to], rounding);
        return true;
    }

    public static bool TryAdd(Int128 a, Int128 b, out Int128 result)
    {
        result = unchecked(a + b);
        var wrapped = Int128.IsNegative(a) == Int128.IsNegative(b) && Int128.IsNegative(result) != Int128.IsNegative(a);
        return !wrapped && Fits(result, MaxPrecision);
    }

    public static bool TryMultiply(Int128 a, Int128 b, out Int128 result)
    {
        result = unchecked(a * b);
        if (IsSmall(a) && IsSmall(b)) return Fits(result, MaxPrecision);
        if (a == Int128.Zero || b == Int128.Zero) return true;
        return Fits(result, MaxPrecision) && result / b == a && Fits(a, MaxPrecision);
    }

    /// <summary>a * b at the scale, computed wide.</summary>
    public static bool TryMultiply(Int128 a, Int128 b, int productScale, int scale, out Int128 result)
    {
        if (TryMultiply(a, b, out var product)) return TryRescale(product, productScale, scale, DecimalRounding.HalfUp, out result) && Fits(result, MaxPrecision);
        return TryNarrow(RoundedWide((BigInteger)a * b, productScale, scale, DecimalRounding.HalfUp), out result);
    }

    /// <summary>a / b at the scale; b is not zero.</summary>
    public static bool TryDivide(Int128 a, int scaleOfA, Int128 b, int scaleOfB, int scale, DecimalRounding rounding, out Int128 result)
    {
        var shift = scale + scaleOfB - scaleOfA;
        if (shift >= 0 && shift <= MaxPrecision && TryMultiply(a, Powers[shift], out var dividend))
        {
            result = Divide(dividend, b, rounding);
            return Fits(result, MaxPrecision);
        }
        var (wideA, wideB) = ((BigInteger)a, (BigInteger)b);
        if (shift >= 0) wideA *= BigInteger.Pow(10, shift);
        else wideB *= BigInteger.Pow(10, -shift);
        return TryNarrow(DivideWide(wideA, wideB, rounding), out result);
    }

    /// <summary>The quotient, rounded.</summary>
    public static Int128 Divide(Int128 a, Int128 b, DecimalRounding rounding)
    {
        var quotient = a / b;
        var rest = a - quotient * b;
        if (rest == Int128.Zero) return quotient;
        var away = Int128.IsNegative(a) != Int128.IsNegative(b) ? Int128.NegativeOne : Int128.One;
        return rounding switch
        {
            DecimalRounding.Up => quotient + away,
            DecimalRounding.Down => quotient,
            DecimalRounding.Floor => Int128.IsNegative(away) ? quotient - 1 : quotient,
            DecimalRounding.Ceiling => Int128.IsNegative(away) ? quotient : quotient + 1,
            _ => Int128.Abs(rest) >= Int128.Abs(b) - Int128.Abs(rest) ? quotient + away : quotient,
        };
    }

    private static BigInteger RoundedWide(BigInteger value, int from, int to, DecimalRounding rounding) =>
        to >= from ? value * BigInteger.Pow(10, to - from) : DivideWide(value, BigInteger.Pow(10, from - to), rounding);

    private static BigInteger DivideWide(BigInteger a, BigInteger b, DecimalRounding rounding)
    {
        var quotient = BigInteger.DivRem(a, b, out var rest);
        if (rest.IsZero) return quotient;
        var away = a.Sign == b.Sign ? 1 : -1;
        return rounding == DecimalRounding.Up || BigInteger.Abs(rest) * 2 >= BigInteger.Abs(b) ? quotient + away : quotient;
    }

    private static bool TryNarrow(BigInteger value, out Int128 result)
    {
        var fits = BigInteger.Abs(value) < (BigInteger)Powers[MaxPrecision];
        result = fits ? (Int128)value : default;
        return fits;
    }

    private static bool IsSmall(Int128 value) => value == (long)value;

    private static Int128[] MakePowers()
    {
        var powers = new Int128[MaxPrecision + 1];
        powers[0] = 1;
        for (var i = 1; i < powers.Length; i++) powers[i] = powers[i - 1] * 10;
        return powers;
    }
}

internal enum DecimalRounding
{
    /// <summary>To the nearest, half away from zero.</summary>
    HalfUp,

    /// <summary>Away from zero.</summary>
    Up,

    /// <summary>Towards zero.</summary>
    Down,
    Floor,
    Ceiling,
}
