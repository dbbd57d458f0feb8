using Chunnel.Core;

namespace Chunnel.Plugins;

/// <summary>Options that every plug-in of a kind accepts (spec config.md 5).</summary>
public static class CommonOptions
{
    public static readonly Option<string> PluginName = Option.Text("plugin_name").Says("Which plug-in the block configures; the block's name says it in HOCON.");

    public static readonly Option<string> PluginOutput = Option.Text("plugin_output").Old("result_table_name").Says("Names the data set that the step makes.");

    public static readonly Option<IReadOnlyList<string>> PluginInput =
        Option.TextList("plugin_input").Old("source_table_name").Says("Names the data sets that the step reads.");

    public static readonly Option<int> Parallelism = Option.Int("parallelism").Says("How many readers the source has; env.parallelism when absent.");

    public static readonly Option<int> MultiTableSinkReplica =
        Option.Int("multi_table_sink_replica").Default(1).AtLeast(1).Says("How many writers of a subtask share the rows of a table; rows with the same primary key go to the same one.");

    public static readonly Option<string> MetadataDatasourceId = Option.Text("metadata_datasource_id").Says("Accepted for compatibility; connection settings stand in the job.");

    public static readonly Option<string> DagParsingMode =
        Option.Choice("dag-parsing.mode", "SINGLENESS", "MULTIPLEX", "SHARDING").Default("SINGLENESS").Says("With SHARDING the source's tables, which have the same columns, are parts of one: the steps behind it see the first table, with the rows of all. The other two leave each table by itself.");

    public static readonly Option<RefusedRows> Refused =
        Option.Enum<RefusedRows>("dead_letter.policy").Says("What becomes of a row that the step refuses: FAIL ends the job, SKIP leaves the row out and counts it, DEAD_LETTER sets it aside in env.dead_letter.sink. What env.dead_letter.policy says when absent.");

    public static readonly IReadOnlyList<OptionDescription> OfSources = [PluginName, PluginOutput, Parallelism, MetadataDatasourceId, DagParsingMode, Refused];

    public static readonly IReadOnlyList<OptionDescription> OfTransforms = [PluginName, PluginInput, PluginOutput, Parallelism, Refused];

    public static readonly IReadOnlyList<OptionDescription> OfSinks = [PluginName, PluginInput, Parallelism, MultiTableSinkReplica, MetadataDatasourceId, Refused];
}
