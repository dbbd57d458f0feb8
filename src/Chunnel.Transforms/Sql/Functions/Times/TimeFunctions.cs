using Chunnel.Core;
using Chunnel.Transforms.Sql.Programs;
using Chunnel.Transforms.Sql.Typing;

namespace Chunnel.Transforms.Sql.Functions.Times;

/// <summary>Functions of dates and times (spec transforms.md 6.3). Patterns are Java's.</summary>
internal static class TimeFunctions
{
    private static readonly string[] Months = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
    private static readonly string[] Weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

    private const string Timestamp = "TIMESTAMP '2021-04-15 13:34:45.123'";
    private const string Date = "DATE '2021-04-15'";

    public static IReadOnlyList<SqlFunction> All { get; } =
    [
        Clock(["CURRENT_DATE"], DataType.Date, "Today's date in the process's zone; the parentheses may be left off."),
        Clock(["CURRENT_TIME"], DataType.Time, "The time of day in the process's zone; the parentheses may be left off."),
        Clock(["CURRENT_TIMESTAMP", "NOW"], DataType.Timestamp, "Date and time in the process's zone; the parentheses of CURRENT_TIMESTAMP may be left off."),
        Part<YearPart>("YEAR", Parameter.Day, "The year.", Date, "2021"),
        Part<QuarterPart>("QUARTER", Parameter.Day, "The quarter of the year, 1 to 4.", Date, "2"),
        Part<MonthPart>("MONTH", Parameter.Day, "The month, 1 to 12.", Date, "4"),
        Part<CalendarWeekPart>("WEEK", Parameter.Day, "The week of the calendar year as SeaTunnel counts it: one more than Java's, whose first week has at least four days. EXTRACT(WEEK FROM ...) gives that of ISO 8601.", "DATE '2021-04-08'", "15"),
        Part<DayPart>("DAY_OF_MONTH", Parameter.Day, "The day of the month, 1 to 31.", Date, "15"),
        Part<WeekdayPart>("DAY_OF_WEEK", Parameter.Day, "The day of the week, 1 for Monday to 7 for Sunday.", Date, "4"),
        Part<DayOfYearPart>("DAY_OF_YEAR", Parameter.Day, "The day of the year, 1 to 366.", Date, "105"),
        Part<HourPart>("HOUR", Parameter.Clock, "The hour, 0 to 23.", Timestamp, "13"),
        Part<MinutePart>("MINUTE", Parameter.Clock, "The minute, 0 to 59.", Timestamp, "34"),
        Part<SecondPart>("SECOND", Parameter.Clock, "The second, 0 to 59.", Timestamp, "45"),
        Name<WeekdayPart>("DAYNAME", Weekdays, "The English name of the day of the week.", "Thursday"),
        Name<MonthPart>("MONTHNAME", Months, "The English name of the month.", "April"),
        new()
        {
            Names = ["DATEADD", "TIMESTAMPADD"], Gives = "the type of the first", Parameters = [Parameter.Moment, Parameter.Number, Parameter.Word], Optional = 1,
            Says = "The value so many units later: YEAR, MONTH, WEEK, DAY (when left off), HOUR, MINUTE, SECOND or MILLISECOND. A unit that the type does not have changes nothing; a time of day goes round at midnight.",
            Example = ("DATEADD(DATE '2021-01-31', 1, 'MONTH')", "2021-02-28"), Make = Add,
        },
        new()
        {
            Names = ["DATEDIFF"], Gives = "BIGINT", Parameters = [Parameter.Day, Parameter.Day, Parameter.Word], Optional = 1,
            Says = "How many units the second is later than the first: DAY (when left off), WEEK, HOUR, MINUTE, SECOND or MILLISECOND; YEAR and MONTH are the parts of the period between both dates, so MONTH is 0 to 11.",
            Example = ("DATEDIFF(DATE '2021-04-15', DATE '2022-01-23', 'MONTH')", "9"), Make = Subtract,
        },
        new()
        {
            Names = ["DATE_TRUNC"], Gives = "the type of the first", Parameters = [Parameter.Day, Parameter.Word], Optional = 1,
            Says = "The start of the value's YEAR, MONTH, DAY (when left off), HOUR, MINUTE or SECOND.",
            Example = ($"DATE_TRUNC({Timestamp}, 'MONTH')", "2021-04-01T00:00"), Make = Truncate,
        },
        new()
        {
            Names = ["FORMATDATETIME"], Gives = "STRING", Parameters = [Parameter.Moment, Parameter.Text], Says = "The value as a text of a pattern such as yyyy-MM-dd HH:mm:ss.SSS.",
            Example = ($"FORMATDATETIME({Timestamp}, 'yyyy-MM-dd HH:mm')", "2021-04-15 13:34"), Make = call => Format(call, 1),
        },
        new()
        {
            Names = ["TO_CHAR"], Gives = "STRING", Parameters = [Parameter.Any, Parameter.Text], Optional = 1, Says = "A date or a time as a text of a pattern; anything else as its text, whatever the pattern.",
            Example = ($"TO_CHAR({Date}, 'yyyy/MM/dd')", "2021/04/15"), Make = ToChar,
        },
        new()
        {
            Names = ["PARSEDATETIME", "TO_DATE"], Gives = "DATE, TIME, TIMESTAMP or TIMESTAMP_TZ", Parameters = [Parameter.Text, Parameter.Word],
            Says = "The date or time that a text of the pattern names: the letters of the pattern decide the type. What is no such text, or no day that exists, fails the row.",
            Example = ("TO_DATE('2021-04-08 13:34', 'yyyy-MM-dd HH:mm')", "2021-04-08T13:34"), Make = Parse,
        },
        new()
        {
            Names = ["IS_DATE"], Gives = "BOOLEAN", Parameters = [Parameter.Text, Parameter.Text], Says = "True where the text is of the pattern and names a day and a time that exist.",
            Example = ("IS_DATE('2021-02-30', 'yyyy-MM-dd')", "false"),
            Make = call => HasPattern(call, 1, DataType.TimestampTz) ? call.Operation("is-date", DataType.Boolean, made => new IsTimeOf(made) { Target = made.Target }, canFail: true) : null,
        },
        new()
        {
            Names = ["FROM_UNIXTIME"], Gives = "STRING", Parameters = [Parameter.Integer, Parameter.Text, Parameter.Word], Optional = 1,
            Says = "Seconds since 1970-01-01 00:00 UTC as a text of a pattern, at the local time of a zone such as UTC+8 or Asia/Shanghai; without one, of the process's zone.",
            Example = ("FROM_UNIXTIME(1672545600, 'yyyy-MM-dd HH:mm:ss', 'UTC+6')", "2023-01-01 10:00:00"), Make = FromUnixTime,
        },
    ];

    /// <summary>The value of a part; null where values of the type do not have it.</summary>
    public static Node Extract(TimePart part, Node value, NodeFactory nodes, Parsing.Syntax syntax) => part.IsPartOf(value.Type)
        ? nodes.Call($"part-{part.Name}", part.Type, syntax, [value], part.Make, CanBeInfinite(value))
        : nodes.Null(part.Type, syntax);

    private static bool CanBeInfinite(Node value) => value.Type.Kind is TypeKind.Timestamp or TypeKind.TimestampTz;

    private static SqlFunction Clock(string[] names, DataType type, string says) => new()
    {
        Names = names, Gives = type.ToString().ToUpperInvariant(), Parameters = [], Says = says, Example = ($"{names[0]} = {names[0]}", "true"),
        Make = call => NodeFactory.OfNow($"now-{type}", type, call.Syntax, [], made => new Now(made) { Target = made.Target }),
    };

    private static SqlFunction Part<TPart>(string name, Parameter of, string says, string example, string value) where TPart : struct, ITimePart => new()
    {
        Names = [name], Gives = "INT", Parameters = [of], Says = says, Example = ($"{name}({example})", value),
        Make = call => call.Operation(name, DataType.Int, made => new TakePart<TPart, int>(made) { Target = made.Target }, CanBeInfinite(call[0])),
    };

    private static SqlFunction Name<TPart>(string name, string[] names, string says, string value) where TPart : struct, ITimePart => new()
    {
        Names = [name], Gives = "STRING", Parameters = [Parameter.Day], Says = says, Example = ($"{name}({Date})", value),
        Make = call => call.Operation(name, DataType.String, made => new TakeName<TPart>(made, names) { Target = made.Target }, CanBeInfinite(call[0])),
    };

    private static Node? Add(FunctionCall call)
    {
        if (TimeUnits.Read(call, 2, Enum.GetValues<TimeUnit>()) is not { } unit) return null;
        var type = call[0].Type;
        if ((type.Kind == TypeKind.Date && !unit.IsOfDay()) || (type.Kind == TypeKind.Time && unit.IsOfDay())) return call[0];
        if (call.WholeNumber(1) is not { } amount) return null;
        Node[] arguments = [call[0], amount];
        return type.Kind switch
        {
            TypeKind.Date => call.Operation($"add-{unit}", type, arguments, made => new AddToDate(made, unit) { Target = made.Target }, canFail: true),
            TypeKind.Time => call.Operation($"add-{unit}", type, arguments, made => new AddToTime(made, unit) { Target = made.Target }),
            _ => call.Operation($"add-{unit}", type, arguments, made => new AddToTimestamp(made, unit) { Target = made.Target }, canFail: true),
        };
    }

    private static Node? Subtract(FunctionCall call) => TimeUnits.Read(call, 2, Enum.GetValues<TimeUnit>()) is { } unit
        ? call.Operation($"difference-{unit}", DataType.BigInt, [call[0], call[1]], made => new Difference(made, unit) { Target = made.Target }, CanBeInfinite(call[0]) || CanBeInfinite(call[1]))
        : null;

    private static Node? Truncate(FunctionCall call)
    {
        if (TimeUnits.Read(call, 1, TimeUnit.Year, TimeUnit.Month, TimeUnit.Day, TimeUnit.Hour, TimeUnit.Minute, TimeUnit.Second) is not { } unit) return null;
        return call[0].Type.Kind == TypeKind.Date
            ? call.Operation($"truncate-{unit}", DataType.Date, [call[0]], made => new TruncateDate(made, unit) { Target = made.Target })
            : call.Operation($"truncate-{unit}", call[0].Type, [call[0]], made => new TruncateTimestamp(made, unit) { Target = made.Target });
    }

    private static Node? Format(FunctionCall call, int pattern) => HasPattern(call, pattern, call[0].Type)
        ? call.Operation("format-time", DataType.String, [call[0], call[pattern]], made => new FormatTime(made) { Target = made.Target }, canFail: true)
        : null;

    private static Node? ToChar(FunctionCall call)
    {
        var isTime = call[0].Type.Kind is TypeKind.Date or TypeKind.Time or TypeKind.Timestamp or TypeKind.TimestampTz;
        return isTime && call.Count == 2 ? Format(call, 1) : call.Calls.Casts.ToText(call[0], call.Syntax);
    }

    private static Node? Parse(FunctionCall call)
    {
        if (call.Word(1) is not { } text) return call.Null(DataType.Timestamp);
        if (!HasPattern(call, 1, DataType.TimestampTz)) return null;
        var pattern = TimePattern.Parse(text);
        var (type, make) = (pattern.HasDate, pattern.HasTime, pattern.HasOffset) switch
        {
            (true, _, true) => (DataType.TimestampTz, (Func<Emission, Operation>)(made => new ParseTimestampOf(made, pattern) { Target = made.Target })),
            (true, true, false) => (DataType.Timestamp, made => new ParseTimestampOf(made, pattern) { Target = made.Target }),
            (true, false, false) => (DataType.Date, made => new ParseDateOf(made, pattern) { Target = made.Target }),
            (false, true, _) => (DataType.Time, made => new ParseTimeOf(made, pattern) { Target = made.Target }),
            _ => (DataType.Null, null!),
        };
        return type.Kind == TypeKind.Null
            ? call.Refuse(1, $"Unknown pattern letter in '{text}' of function {call.Name}", "It holds no part of a date or a time: yyyy MM dd HH mm ss.")
            : call.Operation($"parse-{text}", type, [call[0]], make, canFail: true);
    }

    private static Node? FromUnixTime(FunctionCall call)
    {
        if (!HasPattern(call, 1, DataType.TimestampTz)) return null;
        var zone = TimeZoneInfo.Local;
        if (call.Count == 3)
        {
            if (call.Word(2) is not { } name) return call.Null(DataType.String);
            if (Zones.Find(name) is not { } found) return call.Refuse(2, $"Unknown time zone '{name}' of function FROM_UNIXTIME", "Write UTC+8, +08:00 or a name such as Asia/Shanghai.");
            zone = found;
        }
        return call.Operation($"from-unixtime-{zone.Id}", DataType.String, [call[0], call[1]], made => new FormatSeconds(made, zone) { Target = made.Target }, canFail: true);
    }

    /// <summary>False after reporting that a pattern which is the same for all rows cannot be read, or asks for what values of the type do not have.</summary>
    private static bool HasPattern(FunctionCall call, int argument, DataType type)
    {
        if (call.Word(argument) is not { } text) return true;
        var read = TimePattern.TryParse(text, out var pattern, out var problem);
        if (read && FormatTime.Suits(pattern!, type)) return true;
        if (read) call.Refuse(argument, $"The pattern '{text}' of function {call.Name} asks for parts that a {type} does not have");
        else call.Refuse(argument, $"The pattern '{text}' of function {call.Name} cannot be read: {problem}", "Patterns are Java's: yyyy MM dd HH mm ss SSS, with other letters in single quotes, each written twice within a query's text.");
        return false;
    }
}
