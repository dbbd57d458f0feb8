using System.Globalization;

namespace Chunnel.Core;

/// <summary>Floats as Java prints and reads them: as <see cref="JavaDouble"/>, with the digits that a 32-bit number needs.</summary>
public static class JavaFloat
{
    /// <summary>Room that any float fits in.</summary>
    public const int MostBytes = JavaDouble.MostBytes;

    private const int MostExactPower = 10;
    private const int MostExactMantissa = 1 << 24;

    private static readonly float[] ExactPowers = [.. Enumerable.Range(0, MostExactPower + 1).Select(power => float.Parse($"1E{power}", CultureInfo.InvariantCulture))];

    /// <summary>Writes the text. Returns its bytes.</summary>
    public static int Format(float value, Span<byte> to)
    {
        if (!float.IsFinite(value)) return JavaDouble.FormatSpecial(value, to);
        if (value == 0) return JavaDouble.Format(value, to);
        var negative = float.IsNegative(value);
        var size = Math.Abs(value);
        if (size is >= 1e-3f and < 1e3f)
        {
            // At most 6 digits that read back as this number are its shortest; whole thousandths first.
            var thousandths = (float)Math.Round(size * 1e3);
            if (thousandths < 1e6f && thousandths / 1e3f == size) return JavaLayout.FormatFixed((ulong)thousandths, 3, negative, to);
        }
        return JavaLayout.Format(value, negative, to);
    }

    public static string ToText(float value)
    {
        Span<byte> text = stackalloc byte[MostBytes];
        return System.Text.Encoding.ASCII.GetString(text[..Format(value, text)]);
    }

    /// <summary>Reads what <see cref="JavaDouble.TryParse"/> reads, rounded once to 32 bits.</summary>
    public static ParseOutcome TryParse(ReadOnlySpan<byte> text, out float value)
    {
        if (JavaDouble.TryParseShort(text, out var mantissa, out var exponent) && mantissa is <= MostExactMantissa and >= -MostExactMantissa && Math.Abs(exponent) <= MostExactPower && mantissa != 0)
        {
            value = exponent < 0 ? mantissa / ExactPowers[-exponent] : mantissa * ExactPowers[exponent];
            return ParseOutcome.Exact;
        }
        if (JavaDouble.IsNumeric(text) && float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value)) return ParseOutcome.Exact;
        value = 0;
        return ParseOutcome.Malformed;
    }
}
