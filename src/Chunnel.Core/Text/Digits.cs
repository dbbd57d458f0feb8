namespace Chunnel.Core;

/// <summary>Decimal digits in UTF-8, for the text forms around it.</summary>
internal static class Digits
{
    /// <summary>10^0 .. 10^38.</summary>
    private static readonly Int128[] PowersOfTen = MakePowers();

    public static Int128 PowerOfTen(int exponent) => PowersOfTen[exponent];

    public static bool Is(byte b) => (uint)(b - '0') <= 9;

    /// <summary>Two digits, 0..99.</summary>
    public static void Put2(Span<byte> to, int value)
    {
        to[1] = (byte)('0' + value % 10);
        to[0] = (byte)('0' + value / 10);
    }

    /// <summary>Four digits, 0..9999.</summary>
    public static void Put4(Span<byte> to, int value)
    {
        Put2(to, value / 100);
        Put2(to[2..], value % 100);
    }

    /// <summary>Exactly so many digits, with zeros before.</summary>
    public static void Put(Span<byte> to, int digits, long value)
    {
        for (var i = digits - 1; i >= 0; i--)
        {
            to[i] = (byte)('0' + value % 10);
            value /= 10;
        }
    }

    /// <summary>The digits of an unsigned number without zeros before. Returns how many.</summary>
    public static int Put(Span<byte> to, UInt128 value)
    {
        if (value <= ulong.MaxValue)
        {
            ((ulong)value).TryFormat(to, out var digits);
            return digits;
        }
        const ulong chunk = 10_000_000_000_000_000_000;
        var high = value / chunk;
        var low = (ulong)(value - high * chunk);
        var written = Put(to, high);
        for (var i = written + 18; i >= written; i--)
        {
            to[i] = (byte)('0' + low % 10);
            low /= 10;
        }
        return written + 19;
    }

    /// <summary>Two digits as a number, or -1.</summary>
    public static int Read2(ReadOnlySpan<byte> text, int at)
    {
        if (at + 2 > text.Length) return -1;
        var tens = text[at] - '0';
        var ones = text[at + 1] - '0';
        return (uint)tens <= 9 && (uint)ones <= 9 ? tens * 10 + ones : -1;
    }

    /// <summary>Four digits as a number, or -1.</summary>
    public static int Read4(ReadOnlySpan<byte> text, int at)
    {
        var high = Read2(text, at);
        var low = Read2(text, at + 2);
        return (high | low) < 0 ? -1 : high * 100 + low;
    }

    /// <summary>As many digits as there are, at most the given number. Returns how many.</summary>
    public static int ReadUpTo(ReadOnlySpan<byte> text, int at, int most, out long value)
    {
        value = 0;
        var digits = 0;
        while (digits < most && at + digits < text.Length && Is(text[at + digits]))
        {
            value = value * 10 + (text[at + digits] - '0');
            digits++;
        }
        return digits;
    }

    private static Int128[] MakePowers()
    {
        var powers = new Int128[39];
        powers[0] = 1;
        for (var i = 1; i < powers.Length; i++) powers[i] = powers[i - 1] * 10;
        return powers;
    }
}
