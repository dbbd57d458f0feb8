using Chunnel.Core;
using Chunnel.Transforms.Sql.Programs;

namespace Chunnel.Transforms.Sql.Functions.Times;

/// <summary>A part that EXTRACT takes out of a date or a time (spec transforms.md 5.6).</summary>
/// <param name="Name">As EXTRACT calls it.</param>
/// <param name="OfDay">True for parts of dates, false for parts of times of day. A timestamp has all.</param>
/// <param name="Type">The number's type.</param>
/// <param name="Make">Makes the operation.</param>
internal sealed record TimePart(string Name, bool OfDay, DataType Type, Func<Emission, Operation> Make)
{
    public static IReadOnlyList<TimePart> All { get; } =
    [
        OfDate<YearPart>("YEAR"), OfDate<QuarterPart>("QUARTER"), OfDate<MonthPart>("MONTH"), OfDate<DayPart>("DAY"), OfDate<WeekdayPart>("DAYOFWEEK"),
        OfDate<WeekdayPart>("ISODOW"), OfDate<SundayFirstPart>("DOW"), OfDate<DayOfYearPart>("DAYOFYEAR"), OfDate<DayOfYearPart>("DOY"), OfDate<IsoWeekPart>("WEEK"),
        OfDate<IsoYearPart>("ISOYEAR"), OfDate<DecadePart>("DECADE"), OfDate<CenturyPart>("CENTURY"), OfDate<MillenniumPart>("MILLENNIUM"),
        OfClock<HourPart>("HOUR"), OfClock<MinutePart>("MINUTE"), OfClock<SecondPart>("SECOND"), OfClock<MillisecondPart>("MILLISECOND"),
        OfClock<MillisecondsPart>("MILLISECONDS"), OfClock<MicrosecondsPart>("MICROSECONDS"),
        new("EPOCH", true, DataType.BigInt, made => new TakePart<EpochPart, long>(made) { Target = made.Target }),
    ];

    public static TimePart? Find(string name) => All.FirstOrDefault(part => part.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>True when values of the type have it.</summary>
    public bool IsPartOf(DataType type) => type.Kind switch
    {
        TypeKind.Date => OfDay,
        TypeKind.Time => !OfDay,
        _ => true,
    };

    private static TimePart OfDate<TPart>(string name) where TPart : struct, ITimePart => new(name, true, DataType.Int, Take<TPart>);

    private static TimePart OfClock<TPart>(string name) where TPart : struct, ITimePart => new(name, false, DataType.Int, Take<TPart>);

    private static TakePart<TPart, int> Take<TPart>(Emission made) where TPart : struct, ITimePart => new TakePart<TPart, int>(made) { Target = made.Target };
}
