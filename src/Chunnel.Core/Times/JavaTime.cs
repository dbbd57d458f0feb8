using System.Text;

namespace Chunnel.Core;

/// <summary>
/// Dates and times as Java's toString and its ISO formatters write them. A year beyond 9999 has a plus, one below 0 a minus; at least four digits.
/// </summary>
public static class JavaTime
{
    /// <summary>Room that any date, time or timestamp with offset fits in.</summary>
    public const int MostBytes = 48;

    private static ReadOnlySpan<byte> PositiveInfinity => "infinity"u8;

    private static ReadOnlySpan<byte> NegativeInfinity => "-infinity"u8;

    /// <summary>LocalDate.toString: <c>2024-02-29</c>. Returns the bytes written.</summary>
    public static int FormatDate(long days, Span<byte> to)
    {
        var (year, month, day) = CivilDate.FromDays(days);
        return PutDate(year, month, day, to);
    }

    /// <summary>LocalTime.toString: <c>10:15</c>, <c>10:15:30</c>, then 3, 6 or 9 digits as needed. Returns the bytes written.</summary>
    public static int FormatTime(long nanosOfDay, Span<byte> to) => PutTime(CivilTime.FromNanosOfDay(nanosOfDay), to);

    /// <summary>LocalDateTime.toString: <c>2024-02-29T10:15:30.123</c>. Returns the bytes written.</summary>
    public static int FormatTimestamp(long micros, int nanos, Span<byte> to)
    {
        if (TryInfinity(micros, to, out var bytes)) return bytes;
        var time = CivilTime.FromMicros(micros, nanos);
        var at = PutDate(time.Year, time.Month, time.Day, to);
        to[at++] = (byte)'T';
        return at + PutTime(time, to[at..]);
    }

    /// <summary>OffsetDateTime.toString: <c>2024-02-29T10:15:30+08:00</c>, <c>Z</c> for UTC. Returns the bytes written.</summary>
    public static int FormatInstant(long microsUtc, int nanos, int offsetMinutes, Span<byte> to)
    {
        if (TryInfinity(microsUtc, to, out var bytes)) return bytes;
        var time = CivilTime.FromInstant(microsUtc, nanos, offsetMinutes);
        var at = PutDate(time.Year, time.Month, time.Day, to);
        to[at++] = (byte)'T';
        at += PutTime(time, to[at..]);
        return at + PutOffset(time.OffsetMinutes, to[at..]);
    }

    /// <summary>Java's ISO_LOCAL_TIME: seconds always, then as many digits as are not zero. Returns the bytes written.</summary>
    public static int FormatIsoTime(long nanosOfDay, Span<byte> to) => PutIsoTime(CivilTime.FromNanosOfDay(nanosOfDay), to);

    /// <summary>Java's ISO_LOCAL_DATE_TIME, with a blank or a T between date and time. Returns the bytes written.</summary>
    public static int FormatIsoTimestamp(long micros, int nanos, byte between, Span<byte> to)
    {
        if (TryInfinity(micros, to, out var bytes)) return bytes;
        var time = CivilTime.FromMicros(micros, nanos);
        var at = PutDate(time.Year, time.Month, time.Day, to);
        to[at++] = between;
        return at + PutIsoTime(time, to[at..]);
    }

    /// <summary>Java's ISO_OFFSET_DATE_TIME. Returns the bytes written.</summary>
    public static int FormatIsoInstant(long microsUtc, int nanos, int offsetMinutes, byte between, Span<byte> to)
    {
        if (TryInfinity(microsUtc, to, out var bytes)) return bytes;
        var time = CivilTime.FromInstant(microsUtc, nanos, offsetMinutes);
        var at = PutDate(time.Year, time.Month, time.Day, to);
        to[at++] = between;
        at += PutIsoTime(time, to[at..]);
        return at + PutOffset(time.OffsetMinutes, to[at..]);
    }

    public static string DateToText(long days)
    {
        Span<byte> text = stackalloc byte[MostBytes];
        return Encoding.ASCII.GetString(text[..FormatDate(days, text)]);
    }

    public static string TimeToText(long nanosOfDay)
    {
        Span<byte> text = stackalloc byte[MostBytes];
        return Encoding.ASCII.GetString(text[..FormatTime(nanosOfDay, text)]);
    }

    public static string TimestampToText(long micros, int nanos = 0)
    {
        Span<byte> text = stackalloc byte[MostBytes];
        return Encoding.ASCII.GetString(text[..FormatTimestamp(micros, nanos, text)]);
    }

    public static string InstantToText(long microsUtc, int nanos = 0, int offsetMinutes = 0)
    {
        Span<byte> text = stackalloc byte[MostBytes];
        return Encoding.ASCII.GetString(text[..FormatInstant(microsUtc, nanos, offsetMinutes, text)]);
    }

    internal static bool TryInfinity(long micros, Span<byte> to, out int bytes)
    {
        bytes = 0;
        if (micros is not (TimestampColumn.PositiveInfinity or TimestampColumn.NegativeInfinity)) return false;
        var text = micros > 0 ? PositiveInfinity : NegativeInfinity;
        text.CopyTo(to);
        bytes = text.Length;
        return true;
    }

    internal static bool TryParseInfinity(ReadOnlySpan<byte> text, out long micros)
    {
        micros = text.SequenceEqual(PositiveInfinity) ? TimestampColumn.PositiveInfinity : TimestampColumn.NegativeInfinity;
        return micros > 0 || text.SequenceEqual(NegativeInfinity);
    }

    internal static int PutDate(int year, int month, int day, Span<byte> to)
    {
        var at = PutYear(year, to);
        to[at] = (byte)'-';
        Digits.Put2(to[(at + 1)..], month);
        to[at + 3] = (byte)'-';
        Digits.Put2(to[(at + 4)..], day);
        return at + 6;
    }

    internal static int PutYear(int year, Span<byte> to)
    {
        if (year is >= 0 and <= 9999)
        {
            Digits.Put4(to, year);
            return 4;
        }
        to[0] = year < 0 ? (byte)'-' : (byte)'+';
        var size = Math.Abs((long)year);
        if (size <= 9999)
        {
            Digits.Put4(to[1..], (int)size);
            return 5;
        }
        size.TryFormat(to[1..], out var digits);
        return digits + 1;
    }

    internal static int PutOffset(int minutes, Span<byte> to)
    {
        if (minutes == 0)
        {
            to[0] = (byte)'Z';
            return 1;
        }
        to[0] = minutes < 0 ? (byte)'-' : (byte)'+';
        Digits.Put2(to[1..], Math.Abs(minutes) / 60);
        to[3] = (byte)':';
        Digits.Put2(to[4..], Math.Abs(minutes) % 60);
        return 6;
    }

    private static int PutMinutes(in CivilTime time, Span<byte> to)
    {
        Digits.Put2(to, time.Hour);
        to[2] = (byte)':';
        Digits.Put2(to[3..], time.Minute);
        return 5;
    }

    private static int PutSeconds(in CivilTime time, Span<byte> to)
    {
        var at = PutMinutes(time, to);
        to[at] = (byte)':';
        Digits.Put2(to[(at + 1)..], time.Second);
        return at + 3;
    }

    private static int PutTime(in CivilTime time, Span<byte> to)
    {
        if (time.Second == 0 && time.Nano == 0) return PutMinutes(time, to);
        var at = PutSeconds(time, to);
        if (time.Nano == 0) return at;
        to[at++] = (byte)'.';
        if (time.Nano % 1_000_000 == 0) return at + PutFraction(time.Nano / 1_000_000, 3, to[at..]);
        if (time.Nano % 1000 == 0) return at + PutFraction(time.Nano / 1000, 6, to[at..]);
        return at + PutFraction(time.Nano, 9, to[at..]);
    }

    private static int PutIsoTime(in CivilTime time, Span<byte> to)
    {
        var at = PutSeconds(time, to);
        if (time.Nano == 0) return at;
        to[at++] = (byte)'.';
        at += PutFraction(time.Nano, 9, to[at..]);
        while (to[at - 1] == '0') at--;
        return at;
    }

    private static int PutFraction(int value, int digits, Span<byte> to)
    {
        Digits.Put(to, digits, value);
        return digits;
    }
}
