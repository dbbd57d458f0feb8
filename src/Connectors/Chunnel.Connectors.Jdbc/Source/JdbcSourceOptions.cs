using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Connectors.Jdbc;

/// <summary>What a Jdbc source can be told (spec connectors.md 7.2).</summary>
public static class JdbcSourceOptions
{
    public static readonly Option<string> Query =
        Option.Text("query").Says("The SELECT whose rows are read; instead of 'table_path', or beside it: then keys and comments come from that table.");

    public static readonly Option<string> TablePath =
        Option.Text("table_path").Says("The table to read, as database.schema.table, schema.table or table.");

    public static readonly Option<IReadOnlyList<SettingsObject>> TableList =
        Option.ObjectList("table_list").Says("Several tables, each with 'table_path' and, as needed, 'query', 'partition_column', 'partition_num', 'partition_lower_bound', 'partition_upper_bound', 'use_regex'.");

    public static readonly Option<bool> UseRegex =
        Option.Bool("use_regex").Default(false).Says("Read 'table_path' as a regular expression over database.schema.table: every table that it matches whole is read.");

    public static readonly Option<string> WhereCondition =
        Option.Text("where_condition").Must(MustBeginWithWhere).Says("A condition for every table and query, with the word 'where' in front. It is put behind a plain query, and around one that has a condition or a grouping already.");

    public static readonly Option<string> PartitionColumn =
        Option.Text("partition_column").Says("The column by whose values the rows are split between readers: numbers, texts or dates. Without it a table's primary or unique key is used.");

    public static readonly Option<string> LowerBound =
        Option.Text("partition_lower_bound").Says("With 'query': the least value of 'partition_column' that is read; else the server is asked for it.");

    public static readonly Option<string> UpperBound =
        Option.Text("partition_upper_bound").Says("With 'query': the greatest value of 'partition_column' that is read; else the server is asked for it.");

    public static readonly Option<int> PartitionNum =
        Option.Int("partition_num").Default(10).AtLeast(1).Says("With 'query' and 'partition_column': the number of splits.");

    public static readonly Option<int> FetchSize =
        Option.Int("fetch_size").Default(0).AtLeast(0).Says("Accepted for compatibility: rows stream from PostgreSQL, nothing is fetched ahead.");

    public static readonly Option<int> SplitSize =
        Option.Int("split.size").Default(8096).AtLeast(1).Says("About how many rows of a table one split has. A reader is given neighbouring splits together.");

    public static readonly Option<double> EvenLowerBound =
        Option.Double("split.even-distribution.factor.lower-bound").Default(0.05).Says("Keys are taken for evenly spread when (max - min + 1) / rows is not below this.");

    public static readonly Option<double> EvenUpperBound =
        Option.Double("split.even-distribution.factor.upper-bound").Default(100).Says("Keys are taken for evenly spread when (max - min + 1) / rows is not above this.");

    public static readonly Option<int> SampleThreshold =
        Option.Int("split.sample-sharding.threshold").Default(1000).AtLeast(1).Says("Keys that are not evenly spread are sampled when the table has more splits than this; else the server is asked for each border.");

    public static readonly Option<int> InverseSamplingRate =
        Option.Int("split.inverse-sampling.rate").Default(1000).AtLeast(1).Says("One of so many keys is sampled, at most one of 'split.size'.");

    public static readonly Option<string> StringSplitMode =
        Option.Choice("split.string_split_mode", "sample", "charset_based").Default("sample").Says("Accepted for compatibility: text keys are always split by what is there.");

    public static readonly Option<string> StringSplitCollate = Option.Text("split.string_split_mode_collate").Says("Accepted for compatibility, as 'split.string_split_mode'.");

    public static readonly Option<bool> UseSelectCount =
        Option.Bool("use_select_count").Default(false).Says("Count rows with COUNT(*) instead of asking the server's statistics.");

    public static readonly Option<bool> SkipAnalyze = Option.Bool("skip_analyze").Default(false).Says("Accepted for compatibility: no statistics are made anew.");

    public static readonly Option<bool> DecimalNarrowing =
        Option.Bool("decimal_type_narrowing").Default(true).Says("Oracle: NUMBER without digits behind the point becomes INT or BIGINT where it fits. PostgreSQL has whole numbers of its own.");

    public static readonly Option<bool> IntNarrowing = Option.Bool("int_type_narrowing").Default(true).Says("MySQL: TINYINT(1) becomes BOOLEAN. PostgreSQL has a boolean of its own.");

    public static readonly Option<bool> BlobAsString =
        Option.Bool("handle_blob_as_string").Default(false).Says("Read columns of bytes as text. PostgreSQL: bytea columns, taken as UTF-8.");

    public static readonly Option<OutOfRange> OutOfRange =
        Option.Enum<OutOfRange>("out_of_range").Default(Core.OutOfRange.Fail).Says("What becomes of a number that DECIMAL cannot hold, NaN and the infinities of numeric among them: the job fails and names the row, or the nearest one that fits is read, or null (NaN: null in both cases). With FAIL, numbers with more digits go as they are into a PostgreSQL table of the same types where no transform stands between.");

    public static readonly Option<PrecisionLoss> PrecisionLoss =
        Option.Enum<PrecisionLoss>("precision_loss").Default(Core.PrecisionLoss.Warn).Says("What becomes of digits that DECIMAL cannot hold: they are rounded, counted and told of in the log, or the job fails and names the row.");

    /// <summary>What an entry of <see cref="TableList"/> may hold.</summary>
    public static readonly IReadOnlyList<OptionDescription> OfEntry = [TablePath, Query, PartitionColumn, LowerBound, UpperBound, PartitionNum, UseRegex];

    public static readonly OptionSet Set = new(
    [
        .. ConnectionOptions.All, TablePath, Query, TableList, UseRegex, WhereCondition, PartitionColumn, LowerBound, UpperBound, PartitionNum, FetchSize, SplitSize, EvenLowerBound,
        EvenUpperBound, SampleThreshold, InverseSamplingRate, StringSplitMode, StringSplitCollate, UseSelectCount, SkipAnalyze, DecimalNarrowing, IntNarrowing, BlobAsString,
        OutOfRange, PrecisionLoss,
    ]);

    private static string? MustBeginWithWhere(string value) =>
        value.TrimStart().StartsWith("where", StringComparison.OrdinalIgnoreCase) ? null : $"The where condition clause must start with 'where'. value: {value}";
}
