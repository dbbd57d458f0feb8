using System.Globalization;
using System.Numerics;

namespace Chunnel.Transforms.Sql.Functions.Numbers;

/// <summary>Rounds floating point numbers by the digits that a person sees: 1.005 to two digits is 1.01, though its bits lie a little below.</summary>
internal static class DoubleRounding
{
    /// <summary>More digits than these no double shows.</summary>
    private const int MostDigits = 330;

    /// <summary>The number at so many digits behind the point, half away from zero, or cut.</summary>
    public static double Round(double value, long digits, bool cut)
    {
        if (!double.IsFinite(value) || digits > MostDigits) return value;
        if (digits < -MostDigits) return 0;
        if (digits == 0) return cut ? Math.Truncate(value) : Math.Round(value, MidpointRounding.AwayFromZero);
        if (digits is > 0 and <= 15 && Math.Abs(value) < 1e15 && !NeedsDigits(value, (int)digits, cut, out var quick)) return quick;
        return RoundText(value, (int)digits, cut);
    }

    /// <summary>Scaled by a power of ten the number is far enough from a tie (or a whole number, to cut) that its bits decide.</summary>
    private static bool NeedsDigits(double value, int digits, bool cut, out double rounded)
    {
        var power = Math.Pow(10, digits);
        var scaled = value * power;
        var whole = Math.Truncate(scaled);
        var rest = Math.Abs(scaled - whole);
        var slack = Math.Abs(scaled) * 1e-14 + 1e-14;
        rounded = (cut || rest < 0.5 ? whole : whole + Math.Sign(scaled)) / power;
        return Math.Abs(scaled) > 1e15 || (cut ? rest < slack || rest > 1 - slack : Math.Abs(rest - 0.5) < slack);
    }

    private static double RoundText(double value, int digits, bool cut)
    {
        var shortest = value.ToString("R", CultureInfo.InvariantCulture);
        var scale = 0;
        var e = shortest.IndexOf('E', StringComparison.Ordinal);
        var mantissa = e < 0 ? shortest : shortest[..e];
        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        if (point >= 0) scale = mantissa.Length - point - 1;
        var exact = BigInteger.Parse(point < 0 ? mantissa : mantissa.Remove(point, 1), CultureInfo.InvariantCulture);
        if (e >= 0) scale -= int.Parse(shortest.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        if (scale <= digits) return value;
        var power = BigInteger.Pow(10, scale - digits);
        var quotient = BigInteger.DivRem(exact, power, out var rest);
        if (!cut && BigInteger.Abs(rest) * 2 >= power) quotient += exact.Sign;
        return double.Parse($"{quotient}E{-digits}", NumberStyles.Float, CultureInfo.InvariantCulture);
    }
}
