using System.Globalization;

namespace Chunnel.Core;

/// <summary>
/// Java's layout of a floating-point number (Double.toString): plain from 10^-3 up to 10^7, else d.ddE±n, always a digit behind the point.
/// The digits are the shortest that read back as the same number; where one digit would do, the nearest two.
/// </summary>
internal static class JavaLayout
{
    private const int MostDigits = 17;

    /// <summary>Lays out a finite number that is not zero. Returns the bytes written.</summary>
    public static int Format<T>(T value, bool negative, Span<byte> to) where T : struct, IUtf8SpanFormattable
    {
        Span<byte> digits = stackalloc byte[MostDigits + 2];
        var count = Shortest(value, default, digits, out var exponent);
        if (count == 1)
        {
            count = Shortest(value, "E1", digits, out exponent);
            if (digits[1] == '0') count = 1;
        }
        var at = 0;
        if (negative) to[at++] = (byte)'-';
        return exponent is >= -3 and < 7
            ? at + Plain(digits[..count], exponent, to[at..])
            : at + Scientific(digits[..count], exponent, to[at..]);
    }

    /// <summary>A number given in millionths, below 10^7: what most prices and measures are. Returns the bytes written.</summary>
    public static int FormatFixed(ulong scaled, int places, bool negative, Span<byte> to)
    {
        var unit = (ulong)Digits.PowerOfTen(places);
        var whole = scaled / unit;
        var fraction = (long)(scaled - whole * unit);
        var at = 0;
        if (negative) to[at++] = (byte)'-';
        whole.TryFormat(to[at..], out var digits);
        at += digits;
        to[at++] = (byte)'.';
        Digits.Put(to[at..], places, fraction);
        var length = places;
        while (length > 1 && to[at + length - 1] == '0') length--;
        return at + length;
    }

    /// <summary>The significant digits and the power of ten of the first one.</summary>
    private static int Shortest<T>(T value, string? format, Span<byte> digits, out int exponent) where T : struct, IUtf8SpanFormattable
    {
        Span<byte> text = stackalloc byte[40];
        value.TryFormat(text, out var length, format, CultureInfo.InvariantCulture);
        text = text[..length];
        var count = 0;
        var point = -1;
        var leading = 0; // zeros between the point and the first digit
        var whole = 0; // digits before the point, counted from the first that is not 0
        exponent = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var b = text[i];
            if (b == '.') point = i;
            else if (b == 'E')
            {
                exponent = ReadExponent(text[(i + 1)..]);
                break;
            }
            else if (Digits.Is(b))
            {
                if (b == '0' && count == 0)
                {
                    if (point >= 0) leading++;
                    continue;
                }
                digits[count++] = b;
                if (point < 0) whole++;
            }
        }
        exponent += whole > 0 ? whole - 1 : -leading - 1;
        while (count > 1 && format is null && digits[count - 1] == '0') count--;
        return count;
    }

    private static int ReadExponent(ReadOnlySpan<byte> text)
    {
        var value = 0;
        foreach (var b in text) if (Digits.Is(b)) value = value * 10 + b - '0';
        return text[0] == '-' ? -value : value;
    }

    private static int Plain(ReadOnlySpan<byte> digits, int exponent, Span<byte> to)
    {
        var at = 0;
        if (exponent < 0)
        {
            to[at++] = (byte)'0';
            to[at++] = (byte)'.';
            for (var i = -1; i > exponent; i--) to[at++] = (byte)'0';
            digits.CopyTo(to[at..]);
            return at + digits.Length;
        }
        for (var i = 0; i <= exponent; i++) to[at++] = i < digits.Length ? digits[i] : (byte)'0';
        to[at++] = (byte)'.';
        if (digits.Length <= exponent + 1)
        {
            to[at++] = (byte)'0';
            return at;
        }
        digits[(exponent + 1)..].CopyTo(to[at..]);
        return at + digits.Length - exponent - 1;
    }

    private static int Scientific(ReadOnlySpan<byte> digits, int exponent, Span<byte> to)
    {
        var at = 0;
        to[at++] = digits[0];
        to[at++] = (byte)'.';
        if (digits.Length == 1) to[at++] = (byte)'0';
        digits[1..].CopyTo(to[at..]);
        at += digits.Length - 1;
        to[at++] = (byte)'E';
        exponent.TryFormat(to[at..], out var length, default, CultureInfo.InvariantCulture);
        return at + length;
    }
}
