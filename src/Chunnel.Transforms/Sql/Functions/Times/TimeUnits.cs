using Chunnel.Core;

namespace Chunnel.Transforms.Sql.Functions.Times;

/// <summary>What DATEADD, DATEDIFF and DATE_TRUNC count in.</summary>
internal enum TimeUnit
{
    Year,
    Month,
    Week,
    Day,
    Hour,
    Minute,
    Second,
    Millisecond,
}

internal static class TimeUnits
{
    /// <summary>The unit of a call's argument, days when it is left off; null after reporting what is wrong with it.</summary>
    public static TimeUnit? Read(FunctionCall call, int argument, params ReadOnlySpan<TimeUnit> allowed)
    {
        if (argument >= call.Count || call.Word(argument) is not { } word) return TimeUnit.Day;
        if (Enum.TryParse<TimeUnit>(word, ignoreCase: true, out var unit) && char.IsAsciiLetter(word[0]) && allowed.Contains(unit)) return unit;
        call.Refuse(argument, $"Unsupported unit '{word}' of function {call.Name}", $"The units are {string.Join(", ", allowed.ToArray().Select(each => each.ToString().ToUpperInvariant()))}.");
        return null;
    }

    /// <summary>Nanoseconds of a unit of fixed length.</summary>
    public static long Nanos(this TimeUnit unit) => unit switch
    {
        TimeUnit.Hour => 3600 * CivilTime.NanosPerSecond,
        TimeUnit.Minute => 60 * CivilTime.NanosPerSecond,
        TimeUnit.Second => CivilTime.NanosPerSecond,
        TimeUnit.Millisecond => CivilTime.NanosPerSecond / 1000,
        TimeUnit.Week => 7 * CivilTime.NanosPerDay,
        _ => CivilTime.NanosPerDay,
    };

    /// <summary>True for the units that dates count in.</summary>
    public static bool IsOfDay(this TimeUnit unit) => unit <= TimeUnit.Day;
}
