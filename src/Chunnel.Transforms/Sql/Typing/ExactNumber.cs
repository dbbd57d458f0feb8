using System.Globalization;
using Chunnel.Core;
using Chunnel.Transforms.Sql.Operations.Numbers;

namespace Chunnel.Transforms.Sql.Typing;

/// <summary>Reads the digits of a literal as an exact number.</summary>
internal static class ExactNumber
{
    /// <summary>The number and the smallest type that holds it; false when 38 digits do not.</summary>
    public static bool TryRead(string digits, out Int128 unscaled, out DecimalType type)
    {
        unscaled = default;
        type = DataType.Decimal(1, 0);
        var e = digits.IndexOfAny(['e', 'E']);
        if (!int.TryParse(e < 0 ? "0" : digits[(e + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var exponent)) return false;
        var mantissa = e < 0 ? digits : digits[..e];
        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        var scale = point < 0 ? 0 : mantissa.Length - point - 1;
        if (point >= 0) mantissa = mantissa.Remove(point, 1);
        if (!Int128.TryParse(mantissa, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out unscaled)) return false;
        scale -= exponent;
        if (scale < 0)
        {
            if (scale < -DecimalType.MaxPrecision || !Decimals.TryMultiply(unscaled, Decimals.Power(-scale), out unscaled)) return false;
            scale = 0;
        }
        if (scale > DecimalType.MaxPrecision || !Decimals.Fits(unscaled, DecimalType.MaxPrecision)) return false;
        var precision = Math.Max(1, scale);
        while (!Decimals.Fits(unscaled, precision)) precision++;
        type = DataType.Decimal(precision, scale);
        return true;
    }
}
