using Chunnel.Core;

namespace Chunnel.Transforms.Sql.Functions.Times;

/// <summary>One number out of a date and a time.</summary>
internal interface ITimePart
{
    static abstract long Of(in CivilTime time);
}

internal readonly struct YearPart : ITimePart
{
    public static long Of(in CivilTime time) => time.Year;
}

internal readonly struct QuarterPart : ITimePart
{
    public static long Of(in CivilTime time) => (time.Month + 2) / 3;
}

internal readonly struct MonthPart : ITimePart
{
    public static long Of(in CivilTime time) => time.Month;
}

internal readonly struct DayPart : ITimePart
{
    public static long Of(in CivilTime time) => time.Day;
}

/// <summary>Monday is 1, Sunday 7.</summary>
internal readonly struct WeekdayPart : ITimePart
{
    public static long Of(in CivilTime time) => CivilDate.DayOfWeek(time.ToDays());
}

/// <summary>Sunday is 0, Saturday 6.</summary>
internal readonly struct SundayFirstPart : ITimePart
{
    public static long Of(in CivilTime time) => CivilDate.DayOfWeek(time.ToDays()) % 7;
}

internal readonly struct DayOfYearPart : ITimePart
{
    public static long Of(in CivilTime time) => CivilDate.DayOfYear(time.Year, time.Month, time.Day);
}

/// <summary>The week of ISO 8601: it belongs to the year that its Thursday is in.</summary>
internal readonly struct IsoWeekPart : ITimePart
{
    public static long Of(in CivilTime time)
    {
        var (year, month, day) = ThursdayOf(time);
        return (CivilDate.DayOfYear(year, month, day) - 1) / 7 + 1;
    }

    public static (int Year, int Month, int Day) ThursdayOf(in CivilTime time)
    {
        var days = time.ToDays();
        return CivilDate.FromDays(days - CivilDate.DayOfWeek(days) + 4);
    }
}

internal readonly struct IsoYearPart : ITimePart
{
    public static long Of(in CivilTime time) => IsoWeekPart.ThursdayOf(time).Year;
}

/// <summary>What the function WEEK gives: Java's week of the calendar year, whose first has at least four days (days before it are in week 0), and one.</summary>
internal readonly struct CalendarWeekPart : ITimePart
{
    private const int FewestDays = 4;

    public static long Of(in CivilTime time)
    {
        var (dayOfYear, dayOfWeek) = (CivilDate.DayOfYear(time.Year, time.Month, time.Day), CivilDate.DayOfWeek(time.ToDays()));
        var weekStart = ((dayOfYear - dayOfWeek) % 7 + 7) % 7;
        var offset = weekStart + 1 > FewestDays ? 7 - weekStart : -weekStart;
        return (7 + offset + dayOfYear - 1) / 7 + 1;
    }
}

internal readonly struct DecadePart : ITimePart
{
    public static long Of(in CivilTime time) => (time.Year < 0 ? time.Year - 9 : time.Year) / 10;
}

/// <summary>The years 1 to 100 are the first.</summary>
internal readonly struct CenturyPart : ITimePart
{
    public static long Of(in CivilTime time) => time.Year > 0 ? (time.Year + 99) / 100 : (time.Year - 100) / 100;
}

/// <summary>The years 1 to 1000 are the first.</summary>
internal readonly struct MillenniumPart : ITimePart
{
    public static long Of(in CivilTime time) => time.Year > 0 ? (time.Year + 999) / 1000 : (time.Year - 1000) / 1000;
}

internal readonly struct HourPart : ITimePart
{
    public static long Of(in CivilTime time) => time.Hour;
}

internal readonly struct MinutePart : ITimePart
{
    public static long Of(in CivilTime time) => time.Minute;
}

internal readonly struct SecondPart : ITimePart
{
    public static long Of(in CivilTime time) => time.Second;
}

/// <summary>Milliseconds within the second.</summary>
internal readonly struct MillisecondPart : ITimePart
{
    public static long Of(in CivilTime time) => time.Nano / 1_000_000;
}

/// <summary>Milliseconds within the minute.</summary>
internal readonly struct MillisecondsPart : ITimePart
{
    public static long Of(in CivilTime time) => time.Second * 1000L + time.Nano / 1_000_000;
}

/// <summary>Microseconds within the minute.</summary>
internal readonly struct MicrosecondsPart : ITimePart
{
    public static long Of(in CivilTime time) => time.Second * 1_000_000L + time.Nano / 1000;
}

/// <summary>Seconds since 1970-01-01.</summary>
internal readonly struct EpochPart : ITimePart
{
    public static long Of(in CivilTime time) => time.ToDays() * 86_400 - time.OffsetMinutes * 60L + time.Hour * 3600L + time.Minute * 60L + time.Second;
}
