namespace Chunnel.Core;

/// <summary>What one step of a <see cref="TimePattern"/> writes and reads.</summary>
internal enum TimeField : byte
{
    Literal,
    Year,
    TwoDigitYear,
    Month,
    MonthShort,
    MonthFull,
    Day,
    DayOfYear,
    DayShort,
    DayFull,
    DayOfWeek,
    Quarter,
    Hour,
    HourOfHalf,
    ClockHourOfHalf,
    ClockHour,
    Half,
    Minute,
    Second,
    Fraction,
    Nano,
    MilliOfDay,
    Offset,
    OffsetWithZ,
    OptionalStart,
    OptionalEnd,
}
