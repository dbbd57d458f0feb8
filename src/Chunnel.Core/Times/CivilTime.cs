using System.Runtime.CompilerServices;

namespace Chunnel.Core;

/// <summary>A date and a time of day taken apart, with an offset to UTC where there is one. Years may be below 1 and beyond 9999.</summary>
public record struct CivilTime
{
    public const long MicrosPerSecond = 1_000_000;
    public const long MicrosPerMinute = 60 * MicrosPerSecond;
    public const long MicrosPerDay = 86_400 * MicrosPerSecond;
    public const long NanosPerSecond = 1_000_000_000;
    public const long NanosPerDay = 86_400 * NanosPerSecond;

    /// <summary>The years that microseconds in 64 bits reach as a whole.</summary>
    public const int LeastYear = -290_307;
    public const int MostYear = 294_246;

    /// <summary>Hours that an offset to UTC has at most (Java's ZoneOffset).</summary>
    public const int MostOffsetMinutes = 18 * 60;

    public CivilTime()
    {
    }

    public int Year { get; set; } = 1970;

    public int Month { get; set; } = 1;

    public int Day { get; set; } = 1;

    public int Hour { get; set; }

    public int Minute { get; set; }

    public int Second { get; set; }

    /// <summary>0..999,999,999.</summary>
    public int Nano { get; set; }

    /// <summary>Minutes east of UTC.</summary>
    public int OffsetMinutes { get; set; }

    public bool HasOffset { get; set; }

    public static CivilTime FromDays(long days)
    {
        var (year, month, day) = CivilDate.FromDays(days);
        return new CivilTime { Year = year, Month = month, Day = day };
    }

    /// <summary>From nanoseconds of the day.</summary>
    public static CivilTime FromNanosOfDay(long nanos)
    {
        var seconds = (int)(nanos / NanosPerSecond);
        return new CivilTime { Hour = seconds / 3600, Minute = seconds / 60 % 60, Second = seconds % 60, Nano = (int)(nanos % NanosPerSecond) };
    }

    /// <summary>From a day since 1970 and a time of it.</summary>
    public static CivilTime FromParts(long days, int secondOfDay, int nano)
    {
        var (year, month, day) = CivilDate.FromDays(days);
        return new CivilTime { Year = year, Month = month, Day = day, Hour = secondOfDay / 3600, Minute = secondOfDay / 60 % 60, Second = secondOfDay % 60, Nano = nano };
    }

    /// <summary>The day that a moment is in, and the microseconds of it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (long Days, long MicrosOfDay) DayOf(long micros)
    {
        var days = Math.DivRem(micros, MicrosPerDay, out var ofDay);
        return ofDay < 0 ? (days - 1, ofDay + MicrosPerDay) : (days, ofDay);
    }

    /// <summary>From microseconds since 1970 as local time. Not for infinities.</summary>
    public static CivilTime FromMicros(long micros, int nanos = 0)
    {
        var (days, ofDay) = DayOf(micros);
        var seconds = (int)(ofDay / MicrosPerSecond);
        return FromParts(days, seconds, (int)(ofDay - seconds * MicrosPerSecond) * 1000 + nanos);
    }

    /// <summary>The instant as it is shown at an offset to UTC.</summary>
    public static CivilTime FromInstant(long microsUtc, int nanos, int offsetMinutes)
    {
        // At the ends of the range the local time does not fit: there the instant is shown in UTC.
        var micros = microsUtc + offsetMinutes * MicrosPerMinute;
        if (((microsUtc ^ micros) & (offsetMinutes * MicrosPerMinute ^ micros)) < 0) return FromInstant(microsUtc, nanos, 0);
        return FromMicros(micros, nanos) with { OffsetMinutes = offsetMinutes, HasOffset = true };
    }

    /// <summary>Whether every part is one that a calendar and a clock have.</summary>
    public readonly bool Exists =>
        CivilDate.Exists(Year, Month, Day) && Hour is >= 0 and <= 23 && Minute is >= 0 and <= 59 && Second is >= 0 and <= 59
        && Nano is >= 0 and <= 999_999_999 && OffsetMinutes is >= -MostOffsetMinutes and <= MostOffsetMinutes;

    public readonly long ToDays() => CivilDate.ToDays(Year, Month, Day);

    public readonly long ToNanosOfDay() => ((Hour * 60L + Minute) * 60 + Second) * NanosPerSecond + Nano;

    /// <summary>As local microseconds and the nanoseconds within the last one; false when the year is out of reach.</summary>
    public readonly bool TryToMicros(out long micros, out short nanos)
    {
        micros = 0;
        nanos = (short)(Nano % 1000);
        if (Year is < LeastYear or > MostYear) return false;
        micros = ToDays() * MicrosPerDay + ((Hour * 60L + Minute) * 60 + Second) * MicrosPerSecond + Nano / 1000;
        return true;
    }

    /// <summary>As the instant in UTC; without an offset the local time counts as UTC.</summary>
    public readonly bool TryToInstant(out long microsUtc, out short nanos)
    {
        if (!TryToMicros(out microsUtc, out nanos)) return false;
        microsUtc -= OffsetMinutes * MicrosPerMinute;
        return true;
    }
}
