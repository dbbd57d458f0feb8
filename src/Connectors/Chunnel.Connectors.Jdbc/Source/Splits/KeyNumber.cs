using System.Globalization;
using System.Numerics;
using Chunnel.Core;

namespace Chunnel.Connectors.Jdbc;

/// <summary>Keys as whole numbers to count with: numbers as their floor, dates as days. Borders between them are keys again.</summary>
internal static class KeyNumber
{
    /// <summary>The number of a key; null where it has none, as texts, NaN and the infinities.</summary>
    public static BigInteger? Of(string key, DataType type)
    {
        if (type.Kind == TypeKind.Date) return DateOnly.TryParseExact(key, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date.DayNumber : null;
        if (!type.IsNumeric) return null;
        if (BigInteger.TryParse(key, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)) return whole;
        if (decimal.TryParse(key, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)) return new BigInteger(decimal.Floor(number));
        return double.TryParse(key, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) && double.IsFinite(real) ? new BigInteger(Math.Floor(real)) : null;
    }

    /// <summary>The key of a number.</summary>
    public static string ToKey(BigInteger number, DataType type) => type.Kind == TypeKind.Date
        ? DateOnly.FromDayNumber((int)number).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
        : number.ToString(CultureInfo.InvariantCulture);

    /// <summary>The next number behind, when keys of the type have nothing between two numbers.</summary>
    public static bool IsWhole(DataType type) => type.IsInteger || type.Kind == TypeKind.Date || type is DecimalType { Scale: 0 };
}
