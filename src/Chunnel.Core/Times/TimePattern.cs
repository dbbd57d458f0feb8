using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Chunnel.Core;

/// <summary>
/// A pattern of Java's DateTimeFormatter, such as <c>yyyy-MM-dd HH:mm:ss.SSS</c>, compiled once to steps over UTF-8. Names are English.
/// Patterns of the usual shape, digits between single separators, have a way of their own without steps.
/// </summary>
public sealed partial class TimePattern
{
    private static readonly string[] Months =
        ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

    private static readonly string[] DaysOfWeek = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

    /// <summary>0000-01-01 and 9999-12-31.</summary>
    private const int FirstPlainDay = -719_528;
    private const int LastPlainDay = 2_932_896;

    private readonly TimeStep[] _steps;
    private readonly PlainShape? _plain;

    private TimePattern(string text, TimeStep[] steps)
    {
        Text = text;
        _steps = steps;
        _plain = PlainShape.Of(steps);
        foreach (var step in steps)
        {
            HasDate |= step.Field is >= TimeField.Year and <= TimeField.Quarter;
            HasTime |= step.Field is >= TimeField.Hour and <= TimeField.MilliOfDay;
            HasOffset |= step.Field is TimeField.Offset or TimeField.OffsetWithZ;
            MostBytes += step.Field == TimeField.Literal ? step.Text.Length : Math.Max(12, step.Width);
        }
    }

    /// <summary>The pattern as it was written.</summary>
    public string Text { get; }

    public bool HasDate { get; }

    public bool HasTime { get; }

    public bool HasOffset { get; }

    /// <summary>Room that any text of the pattern fits in.</summary>
    public int MostBytes { get; } = JavaTime.MostBytes;

    /// <summary>The bytes of every text whose year has four digits; 0 when they differ.</summary>
    public int PlainBytes => _plain?.Bytes ?? 0;

    /// <exception cref="ChunnelException">The pattern has a letter that has no meaning here, or an open quote or bracket.</exception>
    public static TimePattern Parse(string pattern) =>
        TryParse(pattern, out var parsed, out var problem)
            ? parsed
            : throw new ChunnelException(CommonErrors.IllegalArgument, $"The date and time pattern '{pattern}' cannot be read: {problem}.")
            {
                Mend = "Patterns are Java's: yyyy MM dd HH mm ss SSS, with other letters in single quotes.",
            };

    /// <summary>Compiles a pattern, or says in words why it cannot be.</summary>
    public static bool TryParse(string pattern, [NotNullWhen(true)] out TimePattern? parsed, [NotNullWhen(false)] out string? problem)
    {
        var steps = new TimePatternCompiler(pattern).Compile(out problem);
        parsed = steps is null ? null : new TimePattern(pattern, steps);
        return parsed is not null;
    }

    public override string ToString() => Text;

    /// <summary>Writes a date. Returns the bytes written.</summary>
    public int FormatDate(long days, Span<byte> to) => Format(days, 0, 0, to);

    /// <summary>Writes a time of day. Returns the bytes written.</summary>
    public int FormatTime(long nanosOfDay, Span<byte> to) => Format(CivilTime.FromNanosOfDay(nanosOfDay), to);

    /// <summary>Writes a local timestamp. Returns the bytes written.</summary>
    public int FormatTimestamp(long micros, int nanos, Span<byte> to)
    {
        if (JavaTime.TryInfinity(micros, to, out var bytes)) return bytes;
        var (days, ofDay) = CivilTime.DayOf(micros);
        var seconds = (int)(ofDay / CivilTime.MicrosPerSecond);
        return Format(days, seconds, (int)(ofDay - seconds * CivilTime.MicrosPerSecond) * 1000 + nanos, to);
    }

    /// <summary>Writes an instant as it is at its offset. Returns the bytes written.</summary>
    public int FormatInstant(long microsUtc, int nanos, int offsetMinutes, Span<byte> to) =>
        JavaTime.TryInfinity(microsUtc, to, out var bytes) ? bytes : Format(CivilTime.FromInstant(microsUtc, nanos, offsetMinutes), to);

    public ParseOutcome TryParseDate(ReadOnlySpan<byte> text, out int days)
    {
        days = 0;
        if (!TryParse(text, out var time)) return ParseOutcome.Malformed;
        var wide = time.ToDays();
        if (wide is < int.MinValue or > int.MaxValue) return ParseOutcome.OutOfRange;
        days = (int)wide;
        return ParseOutcome.Exact;
    }

    public ParseOutcome TryParseTime(ReadOnlySpan<byte> text, out long nanosOfDay)
    {
        var found = TryParse(text, out var time);
        nanosOfDay = found ? time.ToNanosOfDay() : 0;
        return found ? ParseOutcome.Exact : ParseOutcome.Malformed;
    }

    /// <summary>Writes the parts. Returns the bytes written.</summary>
    public int Format(in CivilTime time, Span<byte> to)
    {
        if (_plain is not null && time.Year is >= 0 and <= 9999) return _plain.Format(time, to);
        var at = 0;
        for (var i = 0; i < _steps.Length; i++) at += Put(_steps[i], time, to[at..]);
        return at;
    }

    /// <summary>Writes a day since 1970 and a time of it without offset. Returns the bytes written; up to <see cref="MostBytes"/> are touched.</summary>
    private int Format(long days, int secondOfDay, int nano, Span<byte> to) => _plain is not null && days is >= FirstPlainDay and <= LastPlainDay
        ? _plain.Format(days, secondOfDay, nano, to)
        : Format(CivilTime.FromParts(days, secondOfDay, nano), to);

    public string ToText(in CivilTime time)
    {
        Span<byte> text = MostBytes <= 512 ? stackalloc byte[512] : new byte[MostBytes];
        return Encoding.UTF8.GetString(text[..Format(time, text)]);
    }

    private static int Put(in TimeStep step, in CivilTime time, Span<byte> to) => step.Field switch
    {
        TimeField.Literal => PutBytes(step.Text, to),
        TimeField.Year => PutYear(time.Year, step.Width, to),
        TimeField.TwoDigitYear => PutNumber(((time.Year % 100) + 100) % 100, 2, to),
        TimeField.Month => PutNumber(time.Month, step.Width, to),
        TimeField.MonthShort => PutName(Months[time.Month - 1], 3, to),
        TimeField.MonthFull => PutName(Months[time.Month - 1], int.MaxValue, to),
        TimeField.Day => PutNumber(time.Day, step.Width, to),
        TimeField.DayOfYear => PutNumber(CivilDate.DayOfYear(time.Year, time.Month, time.Day), step.Width, to),
        TimeField.DayShort => PutName(DaysOfWeek[CivilDate.DayOfWeek(time.ToDays()) - 1], 3, to),
        TimeField.DayFull => PutName(DaysOfWeek[CivilDate.DayOfWeek(time.ToDays()) - 1], int.MaxValue, to),
        TimeField.DayOfWeek => PutNumber(CivilDate.DayOfWeek(time.ToDays()), step.Width, to),
        TimeField.Quarter => PutNumber((time.Month + 2) / 3, step.Width, to),
        TimeField.Hour => PutNumber(time.Hour, step.Width, to),
        TimeField.HourOfHalf => PutNumber(time.Hour % 12, step.Width, to),
        TimeField.ClockHourOfHalf => PutNumber((time.Hour + 11) % 12 + 1, step.Width, to),
        TimeField.ClockHour => PutNumber((time.Hour + 23) % 24 + 1, step.Width, to),
        TimeField.Half => PutName(time.Hour < 12 ? "AM" : "PM", int.MaxValue, to),
        TimeField.Minute => PutNumber(time.Minute, step.Width, to),
        TimeField.Second => PutNumber(time.Second, step.Width, to),
        TimeField.Fraction => PutFraction(time.Nano, step.Width, to),
        TimeField.Nano => PutNumber(time.Nano, step.Width, to),
        TimeField.MilliOfDay => PutNumber(time.ToNanosOfDay() / 1_000_000, step.Width, to),
        TimeField.Offset => PutOffset(time.OffsetMinutes, step.Width, withZ: false, to),
        TimeField.OffsetWithZ => PutOffset(time.OffsetMinutes, step.Width, withZ: true, to),
        _ => 0,
    };

    private static int PutBytes(byte[] bytes, Span<byte> to)
    {
        bytes.CopyTo(to);
        return bytes.Length;
    }

    private static int PutName(string name, int most, Span<byte> to) => Encoding.ASCII.GetBytes(name.AsSpan(0, Math.Min(name.Length, most)), to);

    private static int PutNumber(long value, int width, Span<byte> to)
    {
        var digits = 1;
        for (var rest = value; rest >= 10; rest /= 10) digits++;
        digits = Math.Max(digits, width);
        Digits.Put(to, digits, value);
        return digits;
    }

    private static int PutYear(int year, int width, Span<byte> to)
    {
        var at = 0;
        if (year < 0) to[at++] = (byte)'-';
        else if (width >= 4 && year >= (width > 9 ? long.MaxValue : (long)Digits.PowerOfTen(width))) to[at++] = (byte)'+';
        return at + PutNumber(Math.Abs((long)year), width, to[at..]);
    }

    private static int PutFraction(int nano, int width, Span<byte> to)
    {
        Span<byte> digits = stackalloc byte[9];
        Digits.Put(digits, 9, nano);
        var kept = Math.Min(9, width);
        digits[..kept].CopyTo(to);
        to[kept..width].Fill((byte)'0');
        return width;
    }

    /// <summary>Width 1: +08 and minutes when there are some; 2: +0800; 3 and more: +08:00.</summary>
    private static int PutOffset(int minutes, int width, bool withZ, Span<byte> to)
    {
        if (withZ && minutes == 0)
        {
            to[0] = (byte)'Z';
            return 1;
        }
        var size = Math.Abs(minutes);
        to[0] = minutes < 0 ? (byte)'-' : (byte)'+';
        Digits.Put2(to[1..], size / 60);
        if (width == 1 && size % 60 == 0) return 3;
        var at = 3;
        if (width >= 3) to[at++] = (byte)':';
        Digits.Put2(to[at..], size % 60);
        return at + 2;
    }
}
