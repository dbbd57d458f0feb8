using System.Buffers;
using System.Globalization;

namespace Chunnel.Core;

/// <summary>Doubles as Java prints and reads them: <c>5.0</c>, <c>1.0E7</c>, <c>-0.0</c>, <c>NaN</c>, <c>Infinity</c>.</summary>
public static class JavaDouble
{
    /// <summary>Room that any double fits in.</summary>
    public const int MostBytes = 32;

    private const int MostExactPower = 22;
    private const long MostExactMantissa = 1L << 53;

    private static readonly SearchValues<byte> NumberBytes = SearchValues.Create("0123456789.eE+-"u8);
    private static readonly double[] ExactPowers = [.. Enumerable.Range(0, MostExactPower + 1).Select(power => double.Parse($"1E{power}", CultureInfo.InvariantCulture))];

    /// <summary>Writes the text. Returns its bytes.</summary>
    public static int Format(double value, Span<byte> to)
    {
        if (!double.IsFinite(value)) return FormatSpecial(value, to);
        var negative = double.IsNegative(value);
        var size = Math.Abs(value);
        if (size == 0) return Put(negative ? "-0.0"u8 : "0.0"u8, to);
        if (size is >= 1e-3 and < 1e7)
        {
            // At most 15 digits that read back as this number are its shortest, whole millionths first: no other so short reads back.
            var millionths = Math.Round(size * 1e6);
            if (millionths / 1e6 == size) return JavaLayout.FormatFixed((ulong)millionths, 6, negative, to);

            // The platform writes what is left of this range plainly too, with a point: as Java does.
            value.TryFormat(to, out var bytes, default, CultureInfo.InvariantCulture);
            return bytes;
        }
        return JavaLayout.Format(value, negative, to);
    }

    public static string ToText(double value)
    {
        Span<byte> text = stackalloc byte[MostBytes];
        return System.Text.Encoding.ASCII.GetString(text[..Format(value, text)]);
    }

    /// <summary>Reads decimal or scientific text, <c>NaN</c>, <c>Infinity</c> and <c>-Infinity</c>. A number beyond the range becomes infinite, as in Java.</summary>
    public static ParseOutcome TryParse(ReadOnlySpan<byte> text, out double value)
    {
        if (TryParseShort(text, out var mantissa, out var exponent) && mantissa is <= MostExactMantissa and >= -MostExactMantissa && Math.Abs(exponent) <= MostExactPower && mantissa != 0)
        {
            // One correctly rounded operation on two exact numbers is the nearest double.
            value = exponent < 0 ? mantissa / ExactPowers[-exponent] : mantissa * ExactPowers[exponent];
            return ParseOutcome.Exact;
        }
        return IsNumeric(text) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) ? ParseOutcome.Exact : Failed(out value);
    }

    internal static int FormatSpecial(double value, Span<byte> to) =>
        double.IsNaN(value) ? Put("NaN"u8, to) : Put(value > 0 ? "Infinity"u8 : "-Infinity"u8, to);

    /// <summary>Blanks and other spellings that .NET takes are refused.</summary>
    internal static bool IsNumeric(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty) return false;
        var unsigned = text[0] is (byte)'-' or (byte)'+' ? text[1..] : text;
        if (unsigned.SequenceEqual("NaN"u8) || unsigned.SequenceEqual("Infinity"u8)) return true;
        return !unsigned.IsEmpty && !unsigned.ContainsAnyExcept(NumberBytes);
    }

    /// <summary>Up to 18 digits with an optional point, sign and exponent, as mantissa and power of ten.</summary>
    internal static bool TryParseShort(ReadOnlySpan<byte> text, out long mantissa, out int exponent)
    {
        mantissa = 0;
        exponent = 0;
        var at = text.Length > 0 && text[0] is (byte)'-' or (byte)'+' ? 1 : 0;
        var digits = 0;
        var point = false;
        for (; at < text.Length; at++)
        {
            var digit = text[at] - '0';
            if ((uint)digit <= 9)
            {
                if (++digits > 18) return false;
                mantissa = mantissa * 10 + digit;
                if (point) exponent--;
            }
            else if (text[at] == '.' && !point) point = true;
            else break;
        }
        if (digits == 0) return false;
        if (at < text.Length)
        {
            if ((text[at] | 0x20) != 'e') return false;
            if (IntText.TryParse<short>(text[(at + 1)..], out var written) != ParseOutcome.Exact) return false;
            exponent += written;
        }
        if (text[0] == '-') mantissa = -mantissa;
        return true;
    }

    private static ParseOutcome Failed(out double value)
    {
        value = 0;
        return ParseOutcome.Malformed;
    }

    private static int Put(ReadOnlySpan<byte> text, Span<byte> to)
    {
        text.CopyTo(to);
        return text.Length;
    }
}
