using System.Globalization;

namespace Chunnel.Rest;

/// <summary>
/// A double as Java writes it, which is how SeaTunnel's metrics look: <c>1.0</c>, <c>0.25</c>, and from ten million on, or below a
/// thousandth, <c>2.147483647E9</c>. The digits are the fewest that read back as the same number.
/// </summary>
internal static class JavaNumber
{
    private const double LeastPlain = 1e-3;
    private const double LeastScientific = 1e7;

    public static string Of(double value)
    {
        if (double.IsNaN(value)) return "NaN";
        if (double.IsInfinity(value)) return value > 0 ? "+Inf" : "-Inf";
        var shortest = value.ToString("R", CultureInfo.InvariantCulture);
        if (Math.Abs(value) is 0 or >= LeastPlain and < LeastScientific) return shortest.Contains('.', StringComparison.Ordinal) ? shortest : $"{shortest}.0";
        return Scientific(shortest);
    }

    /// <summary>Turns <c>-0.00012</c>, <c>10000000</c> or <c>1.2E-10</c> into one digit, a point, the other digits and the power of ten.</summary>
    private static string Scientific(string number)
    {
        var parts = number.TrimStart('-').Split('E');
        var mantissa = parts[0];
        var point = mantissa.IndexOf('.', StringComparison.Ordinal) is var found and >= 0 ? found : mantissa.Length;
        var all = mantissa.Replace(".", "", StringComparison.Ordinal);
        var digits = all.TrimStart('0');
        var power = point - 1 - (all.Length - digits.Length) + (parts.Length > 1 ? int.Parse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) : 0);
        digits = digits.TrimEnd('0');
        return string.Create(CultureInfo.InvariantCulture, $"{(number[0] == '-' ? "-" : "")}{digits[0]}.{(digits.Length > 1 ? digits[1..] : "0")}E{power}");
    }
}
