namespace Chunnel.Core;

/// <summary>
/// Exact numbers as text: plain (<c>1000.50</c>) and as Java's BigDecimal.toString writes them (<c>1E+3</c>, <c>0E-8</c>). A value comes
/// unscaled at its type's scale, with the scale to show it by.
/// </summary>
public static class DecimalText
{
    /// <summary>Room that any decimal of 38 digits and a shown scale of 16 bits or less fits in.</summary>
    public const int MostBytes = 320;

    private const int MostPrecision = DecimalType.MaxPrecision;

    /// <summary>Digits without an exponent, as many behind the point as the shown scale says. Returns the bytes written.</summary>
    public static int FormatPlain(Int128 unscaled, int scale, int shownScale, Span<byte> to)
    {
        var at = Sign(unscaled, to, out var size);
        (size, scale) = Shown(size, scale, shownScale);
        if (scale <= 0)
        {
            at += Digits.Put(to[at..], size);
            if (size == 0) return at;
            to.Slice(at, -scale).Fill((byte)'0');
            return at - scale;
        }
        Span<byte> digits = stackalloc byte[40];
        var count = Digits.Put(digits, size);
        var whole = count - scale;
        if (whole <= 0)
        {
            "0."u8.CopyTo(to[at..]);
            at += 2;
            to.Slice(at, -whole).Fill((byte)'0');
            at -= whole;
            digits[..count].CopyTo(to[at..]);
            return at + count;
        }
        digits[..whole].CopyTo(to[at..]);
        at += whole;
        to[at++] = (byte)'.';
        digits[whole..count].CopyTo(to[at..]);
        return at + scale;
    }

    /// <summary>As BigDecimal.toString: an exponent when the shown scale is negative or the number is below 10^-6. Returns the bytes written.</summary>
    public static int FormatJava(Int128 unscaled, int scale, int shownScale, Span<byte> to)
    {
        var at = Sign(unscaled, to, out var size);
        var (shown, places) = Shown(size, scale, shownScale);
        Span<byte> digits = stackalloc byte[40];
        var count = Digits.Put(digits, shown);
        long exponent = -(long)places + count - 1;
        if (places >= 0 && exponent >= -6) return FormatPlain(unscaled, scale, shownScale, to);
        to[at++] = digits[0];
        if (count > 1)
        {
            to[at++] = (byte)'.';
            digits[1..count].CopyTo(to[at..]);
            at += count - 1;
        }
        if (exponent == 0) return at;
        to[at++] = (byte)'E';
        if (exponent > 0) to[at++] = (byte)'+';
        exponent.TryFormat(to[at..], out var length);
        return at + length;
    }

    public static string ToText(Int128 unscaled, int scale, int shownScale)
    {
        Span<byte> text = stackalloc byte[MostBytes];
        return System.Text.Encoding.ASCII.GetString(text[..FormatPlain(unscaled, scale, shownScale, text)]);
    }

    public static string ToText(Int128 unscaled, int scale) => ToText(unscaled, scale, scale);

    /// <summary>Reads a decimal number, with or without an exponent, into a type's precision and scale.</summary>
    /// <param name="text">Sign, digits, point, exponent; no blanks.</param>
    /// <param name="precision">Digits that the type holds.</param>
    /// <param name="scale">Digits behind the point that it holds.</param>
    /// <param name="unscaled">The value at that scale; 0 when the outcome is neither exact nor rounded.</param>
    /// <param name="shownScale">Digits behind the point that the text has, at most the scale: negative for 1E3.</param>
    public static ParseOutcome TryParse(ReadOnlySpan<byte> text, int precision, int scale, out Int128 unscaled, out sbyte shownScale)
    {
        unscaled = 0;
        shownScale = (sbyte)Math.Min(scale, sbyte.MaxValue);
        var negative = text.Length > 0 && text[0] == '-';
        var at = negative || (text.Length > 0 && text[0] == '+') ? 1 : 0;

        UInt128 value = 0;
        int kept = 0, seen = 0;
        long places = 0, dropped = 0;
        var point = false;
        byte firstDropped = 0;
        var moreDropped = false;
        for (; at < text.Length; at++)
        {
            var b = text[at];
            if (Digits.Is(b))
            {
                seen++;
                if (point) places++;
                if (kept < MostPrecision)
                {
                    value = value * 10 + (uint)(b - '0');
                    if (value != 0) kept++;
                }
                else
                {
                    if (dropped++ == 0) firstDropped = b;
                    else moreDropped |= b != '0';
                }
            }
            else if (b == '.' && !point) point = true;
            else break;
        }
        if (seen == 0) return ParseOutcome.Malformed;
        if (at < text.Length)
        {
            if ((text[at] | 0x20) != 'e' || IntText.TryParse<int>(text[(at + 1)..], out var exponent) is not ParseOutcome.Exact) return ParseOutcome.Malformed;
            places -= exponent;
        }
        shownScale = (sbyte)Math.Clamp(places, sbyte.MinValue, Math.Min(scale, sbyte.MaxValue));

        // The value stands at this many places after the digits beyond the 38th were left out.
        places -= dropped;
        var rounded = firstDropped > '0' || moreDropped;
        return Rescale(value, places, precision, scale, rounded, firstDropped, negative, out unscaled);
    }

    /// <summary>Moves a value from one scale to another, rounding half away from zero.</summary>
    public static ParseOutcome TryRescale(Int128 value, int from, int precision, int scale, out Int128 unscaled) =>
        Rescale((UInt128)Int128.Abs(value), from, precision, scale, lost: false, (byte)'0', value < 0, out unscaled);

    private static ParseOutcome Rescale(UInt128 value, long places, int precision, int scale, bool lost, byte firstLost, bool negative, out Int128 unscaled)
    {
        unscaled = 0;
        if (value == 0 && !lost) return ParseOutcome.Exact;
        var up = scale - places;
        if (up > 0)
        {
            // Digits were left out only where 38 are kept already, and then nothing fits above them.
            if (up > MostPrecision || value > (UInt128)Digits.PowerOfTen(MostPrecision) / (UInt128)Digits.PowerOfTen((int)up)) return ParseOutcome.OutOfRange;
            value *= (UInt128)Digits.PowerOfTen((int)up);
        }
        else if (up < 0)
        {
            if (-up > MostPrecision) value = 0;
            else
            {
                var unit = (UInt128)Digits.PowerOfTen((int)-up);
                var whole = value / unit;
                var rest = value - whole * unit;
                if (rest != 0) lost = true;
                value = whole + (rest >= unit - rest ? 1u : 0u);
            }
            if (-up > MostPrecision) lost = true;
        }
        else if (lost && firstLost >= '5')
        {
            value++;
        }
        if (value >= (UInt128)Digits.PowerOfTen(precision)) return ParseOutcome.OutOfRange;
        unscaled = negative ? -(Int128)value : (Int128)value;
        return lost ? ParseOutcome.Rounded : ParseOutcome.Exact;
    }

    private static int Sign(Int128 value, Span<byte> to, out UInt128 size)
    {
        var negative = Int128.IsNegative(value);
        size = negative ? (UInt128)(-value) : (UInt128)value;
        if (negative) to[0] = (byte)'-';
        return negative ? 1 : 0;
    }

    /// <summary>The digits at the scale to show. A digit that is not zero is always shown.</summary>
    private static (UInt128 Digits, int Scale) Shown(UInt128 size, int scale, int shownScale)
    {
        while (scale > shownScale)
        {
            var tenth = size / 10;
            if (tenth * 10 != size) return (size, scale);
            size = tenth;
            scale--;
        }
        while (scale < shownScale && size < (UInt128)Digits.PowerOfTen(MostPrecision - 1))
        {
            size *= 10;
            scale++;
        }
        return (size, scale);
    }
}
