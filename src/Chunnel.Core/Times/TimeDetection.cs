namespace Chunnel.Core;

/// <summary>
/// Reads dates, times and timestamps whose form is found value by value: year first; <c>-</c>, <c>/</c>, <c>.</c>, nothing or 年月日 between;
/// T or a blank before the time; minutes with or without seconds; up to 9 digits of a second; an offset (spec connectors.md 2.2, 6.2).
/// </summary>
public static class TimeDetection
{
    /// <summary>Reads a date; a time behind it is taken only when it is midnight, for nothing may be lost.</summary>
    public static ParseOutcome TryParseDate(ReadOnlySpan<byte> text, out int days)
    {
        days = 0;
        var time = new CivilTime();
        var at = ReadDate(text, ref time);
        if (at < 0) return ParseOutcome.Malformed;
        if (at < text.Length && (!TryReadTimeAfterDate(text, ref at, ref time) || at < text.Length || time.ToNanosOfDay() != 0)) return ParseOutcome.Malformed;
        if (!time.Exists) return ParseOutcome.Malformed;
        var wide = time.ToDays();
        if (wide is < int.MinValue or > int.MaxValue) return ParseOutcome.OutOfRange;
        days = (int)wide;
        return ParseOutcome.Exact;
    }

    /// <summary>Reads a time of day.</summary>
    public static ParseOutcome TryParseTime(ReadOnlySpan<byte> text, out long nanosOfDay)
    {
        nanosOfDay = 0;
        var time = new CivilTime();
        var at = ReadTime(text, 0, ref time);
        if (at != text.Length || !time.Exists) return ParseOutcome.Malformed;
        nanosOfDay = time.ToNanosOfDay();
        return ParseOutcome.Exact;
    }

    /// <summary>Reads a timestamp into its parts. A date alone is midnight. False when the text is none or names a day that does not exist.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out CivilTime time)
    {
        time = new CivilTime();
        var at = ReadDate(text, ref time);
        if (at < 0) return false;
        if (at < text.Length && !TryReadTimeAfterDate(text, ref at, ref time)) return false;
        if (at < text.Length && !TryReadOffset(text, ref at, ref time)) return false;
        return at == text.Length && time.Exists;
    }

    /// <summary>Reads an offset: Z, +08, +08:00, +0800, UTC, GMT, with a blank before if need be.</summary>
    internal static bool TryReadOffset(ReadOnlySpan<byte> text, ref int at, ref CivilTime time)
    {
        var start = at;
        if (start < text.Length && text[start] == ' ') start++;
        var rest = text[start..];
        time.HasOffset = true;
        if (rest.SequenceEqual("Z"u8) || rest.SequenceEqual("z"u8) || rest.SequenceEqual("UTC"u8) || rest.SequenceEqual("GMT"u8))
        {
            at = text.Length;
            return true;
        }
        if (rest.IsEmpty || rest[0] is not ((byte)'+' or (byte)'-')) return false;
        var hours = Digits.Read2(rest, 1);
        if (hours < 0) return false;
        var used = 3;
        var minutes = 0;
        if (rest.Length > used)
        {
            if (rest[used] == ':') used++;
            minutes = Digits.Read2(rest, used);
            if (minutes is < 0 or > 59) return false;
            used += 2;
        }
        time.OffsetMinutes = (rest[0] == '-' ? -1 : 1) * (hours * 60 + minutes);
        at = start + used;
        return true;
    }

    private static bool TryReadTimeAfterDate(ReadOnlySpan<byte> text, ref int at, ref CivilTime time)
    {
        var compact = Digits.Is(text[at]);
        if (!compact && text[at] is not ((byte)'T' or (byte)'t' or (byte)' ')) return false;
        at = ReadTime(text, compact ? at : at + 1, ref time);
        return at >= 0;
    }

    /// <summary>Reads a date at the start. Returns the place behind it, or -1.</summary>
    private static int ReadDate(ReadOnlySpan<byte> text, ref CivilTime time)
    {
        var signed = text.Length > 0 && text[0] is (byte)'-' or (byte)'+';
        var start = signed ? 1 : 0;
        var digits = Digits.ReadUpTo(text, start, 18, out var number);
        var at = start + digits;
        if (!signed && digits is 8 or 14)
        {
            // yyyyMMdd, with HHmmss behind it or nothing.
            at = start + 8;
            if (digits == 14) number /= 1_000_000;
            (time.Year, time.Month, time.Day) = ((int)(number / 10_000), (int)(number / 100 % 100), (int)(number % 100));
            return at;
        }
        if (digits is < 4 or > 9 || (digits > 4 && !signed) || at >= text.Length) return -1;
        time.Year = (int)(text[0] == '-' ? -number : number);
        if (!TryReadSeparator(text, ref at, "年"u8, out var separator)) return -1;
        if (!TryReadShort(text, ref at, out var month) || !TryReadSeparator(text, ref at, "月"u8, out var second) || second != separator) return -1;
        if (!TryReadShort(text, ref at, out var day)) return -1;
        if (separator == 0)
        {
            if (!text[at..].StartsWith("日"u8)) return -1;
            at += "日"u8.Length;
        }
        (time.Month, time.Day) = (month, day);
        return at;
    }

    private static bool TryReadSeparator(ReadOnlySpan<byte> text, ref int at, ReadOnlySpan<byte> character, out byte separator)
    {
        separator = 0;
        if (at >= text.Length) return false;
        if (text[at] is (byte)'-' or (byte)'/' or (byte)'.')
        {
            separator = text[at++];
            return true;
        }
        if (!text[at..].StartsWith(character)) return false;
        at += character.Length;
        return true;
    }

    private static bool TryReadShort(ReadOnlySpan<byte> text, ref int at, out int value)
    {
        var digits = Digits.ReadUpTo(text, at, 2, out var number);
        value = (int)number;
        at += digits;
        return digits > 0;
    }

    /// <summary>Reads HH:mm[:ss[.fraction]], H:mm too, or HHmm[ss[fraction with point]]. Returns the place behind it, or -1.</summary>
    private static int ReadTime(ReadOnlySpan<byte> text, int at, ref CivilTime time)
    {
        var hourDigits = Digits.ReadUpTo(text, at, 2, out var hour);
        if (hourDigits == 0) return -1;
        at += hourDigits;
        if (at >= text.Length) return -1;
        var colons = text[at] == ':';
        if (!colons && hourDigits == 1) return -1;
        if (colons) at++;
        time.Hour = (int)hour;
        time.Minute = Digits.Read2(text, at);
        if (time.Minute < 0) return -1;
        at += 2;
        if (at >= text.Length || (colons ? text[at] != ':' : !Digits.Is(text[at]))) return at;
        if (colons) at++;
        time.Second = Digits.Read2(text, at);
        if (time.Second < 0) return -1;
        at += 2;
        if (at >= text.Length || text[at] is not ((byte)'.' or (byte)',')) return at;
        at++;
        var digits = Digits.ReadUpTo(text, at, 9, out var fraction);
        if (digits == 0) return -1;
        for (var i = digits; i < 9; i++) fraction *= 10;
        time.Nano = (int)fraction;
        at += digits;
        // A tenth digit and more are taken only as zeros: what we cannot keep we do not read.
        while (at < text.Length && text[at] == '0') at++;
        return at;
    }
}
