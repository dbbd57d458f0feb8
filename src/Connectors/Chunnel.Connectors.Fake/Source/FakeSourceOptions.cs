using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Connectors.Fake;

/// <summary>The options of FakeSource (spec connectors.md 3). Each element of <c>tables_configs</c> takes them anew.</summary>
internal static class FakeSourceOptions
{
    public static readonly Option<SettingsObject> Schema = Option.Object("schema").Says("The table that is made up: its columns, keys and name.");

    public static readonly Option<IReadOnlyList<SettingsObject>> TablesConfigs =
        Option.ObjectList("tables_configs").Says("Several tables, each with all of these options; options beside the list do not reach into it.");

    public static readonly Option<IReadOnlyList<SettingsObject>> Rows = Option.ObjectList("rows")
        .Says("Rows as they are to come: { kind = INSERT, fields = [...] }, the fields in the order of the columns or by name. Each split gives the whole list once. CURRENT_DATE, CURRENT_TIME and CURRENT_TIMESTAMP stand for the time the job started.");

    public static readonly Option<long> RowNum = Option.Long("row.num").Default(5).AtLeast(0).Says("Rows that each reader makes of a table.");

    public static readonly Option<int> SplitNum = Option.Int("split.num").Default(1).AtLeast(1).AtMost(1_000_000).Says("Splits into which each reader's rows are cut.");

    public static readonly Option<TimeSpan> SplitReadInterval =
        Option.Millis("split.read-interval").Default(TimeSpan.FromMilliseconds(1)).Must(NotNegative).Says("The pause between two splits of a reader.");

    public static readonly Option<long> Seed =
        Option.Long("seed").Says("The same seed makes the same rows. When it is absent, each run has its own, which the job's log names.");

    public static readonly Option<int> MapSize = Size("map.size", 5, "Entries of a map.");
    public static readonly Option<int> ArraySize = Size("array.size", 5, "Elements of an array.");
    public static readonly Option<int> BytesLength = Size("bytes.length", 5, "Bytes of a value of type bytes whose column declares no length.");
    public static readonly Option<int> StringLength = Size("string.length", 5, "Letters of a text whose column declares no length.");
    public static readonly Option<int> VectorDimension = Size("vector.dimension", 4, "Elements of a vector whose column declares no dimension.");
    public static readonly Option<int> BinaryVectorDimension = Size("binary.vector.dimension", 8, "Bits of a binary vector whose column declares no dimension.");

    public static readonly Option<string> StringMode = Mode("string");
    public static readonly Option<IReadOnlyList<string>> StringTemplate = Option.TextList("string.template").Says("Texts to pick from.");

    public static readonly NumberOptions<int> TinyInt = new("tinyint", Option.Int, 0, sbyte.MaxValue, sbyte.MinValue, sbyte.MaxValue, SettingsConvert.ToInt32);
    public static readonly NumberOptions<int> SmallInt = new("smallint", Option.Int, 0, short.MaxValue, short.MinValue, short.MaxValue, SettingsConvert.ToInt32);
    public static readonly NumberOptions<int> Int = new("int", Option.Int, 0, int.MaxValue, int.MinValue, int.MaxValue, SettingsConvert.ToInt32);
    public static readonly NumberOptions<long> BigInt = new("bigint", Option.Long, 0, long.MaxValue, long.MinValue, long.MaxValue, SettingsConvert.ToInt64);
    public static readonly NumberOptions<double> Float = new("float", Option.Double, 0, float.MaxValue, float.MinValue, float.MaxValue, SettingsConvert.ToDouble);
    public static readonly NumberOptions<double> Double = new("double", Option.Double, 0, double.MaxValue, double.MinValue, double.MaxValue, SettingsConvert.ToDouble);

    public static readonly Option<double> VectorMin = Option.Double("vector.float.min").Default(0).AtLeast(float.MinValue).AtMost(float.MaxValue).Says("The least element of a float vector.");
    public static readonly Option<double> VectorMax = Option.Double("vector.float.max").Default(float.MaxValue).AtLeast(float.MinValue).AtMost(float.MaxValue).Says("Elements of a float vector stay below it.");

    public static readonly Option<IReadOnlyList<SettingsNode>> Years = Part("date.year.template", "Years to pick from for dates and timestamps; the current one when absent.");
    public static readonly Option<IReadOnlyList<SettingsNode>> Months = Part("date.month.template", "Months to pick from; 1 to 12 when absent.");
    public static readonly Option<IReadOnlyList<SettingsNode>> Days = Part("date.day.template", "Days of the month to pick from; 1 to 28 when absent. Days that a month does not have are left out.");
    public static readonly Option<IReadOnlyList<SettingsNode>> Hours = Part("time.hour.template", "Hours to pick from for times and timestamps; 0 to 23 when absent.");
    public static readonly Option<IReadOnlyList<SettingsNode>> Minutes = Part("time.minute.template", "Minutes to pick from; 0 to 59 when absent.");
    public static readonly Option<IReadOnlyList<SettingsNode>> Seconds = Part("time.second.template", "Seconds to pick from; 0 to 59 when absent.");

    public static readonly Option<bool> AutoIncrement =
        Option.Bool("auto.increment.enabled").Default(false).Says("Whole numbers of the primary key count up, each once in the job; each reader has a run of its own.");

    public static readonly Option<long> AutoIncrementStart = Option.Long("auto.increment.start").Default(1).Says("The first of the numbers that count up.");

    /// <summary>What describes one table: all but the list of tables.</summary>
    public static readonly OptionSet OfTable = new(TableOptions(), Rules());

    public static readonly OptionSet All = new([TablesConfigs, .. TableOptions()], Rules());

    private static OptionDescription[] TableOptions() =>
    [
        Schema, Rows, RowNum, SplitNum, SplitReadInterval, Seed, MapSize, ArraySize, BytesLength, StringLength, VectorDimension, BinaryVectorDimension,
        StringMode, StringTemplate, .. TinyInt.All, .. SmallInt.All, .. Int.All, .. BigInt.All, .. Float.All, .. Double.All, VectorMin, VectorMax,
        Years, Months, Days, Hours, Minutes, Seconds, AutoIncrement, AutoIncrementStart,
    ];

    private static OptionRule[] Rules() =>
        [OptionRule.RequiredWhen(StringMode, "TEMPLATE", StringTemplate), TinyInt.Rule, SmallInt.Rule, Int.Rule, BigInt.Rule, Float.Rule, Double.Rule];

    public static Option<string> Mode(string type) => Option.Choice($"{type}.fake.mode", "RANGE", "TEMPLATE").Default("RANGE")
        .Says($"How values of type {type} are made: within a range, or picked from {type}.template, which is then required. A template that is there is used in either mode.");

    private static Option<int> Size(string key, int value, string says) => Option.Int(key).Default(value).AtLeast(0).AtMost(100_000_000).Says(says);

    private static Option<IReadOnlyList<SettingsNode>> Part(string key, string says) => Option.List(key).Says(says);

    private static string? NotNegative(TimeSpan time) => time < TimeSpan.Zero ? "The value of 'split.read-interval' must be at least 0." : null;
}
