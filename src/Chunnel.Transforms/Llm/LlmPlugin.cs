using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.Transforms.Providers;
using Chunnel.Transforms.Tables;

namespace Chunnel.Transforms.Llm;

/// <summary>Asks a large language model about each row (spec transforms.md 3.10).</summary>
public sealed class LlmPlugin : TableTransformPlugin
{
    public static readonly Option<string> Provider = Option.Choice("model_provider", [.. ChatProvider.All.Select(provider => provider.Name)]).IsRequired()
        .Says("Who has the model. OPENAI with an api_path is any server that speaks OpenAI's language; CUSTOM is one whose requests custom_config describes.");

    public static readonly Option<string> Prompt = Option.Text("prompt").IsRequired()
        .Says("What the model is to do with a row. Rules about the form of the answer are put behind it.");

    public static readonly Option<IReadOnlyList<string>> Columns = Option.TextList("inference_columns").Says("The columns that the model is shown; all if unset.");

    public static readonly Option<string> OutputColumn = Option.Text("output_column_name").Default("llm_output").Says("The column that is added for the answers.");

    public static readonly Option<string> OutputType = Option.Choice("output_data_type", [.. LlmAnswer.Types.Keys]).Default("STRING").Says("The type of the answers.");

    public static readonly Option<int> RowsPerRequest = Option.Int("process_batch_size").Old("inference_batch_size").Default(1).AtLeast(1).AtMost(ColumnBatch.AimRows)
        .Says("How many rows one request shows the model. More are cheaper, and answered less carefully; when the answers are not as many as the rows, these are asked about one by one.");

    public override string Name => "LLM";

    public override string Summary => "Adds a column with what a large language model answers about each row.";

    protected override IReadOnlyList<OptionDescription> OwnOptions =>
        [Provider, ModelOptions.Model, Prompt, ModelOptions.ApiKey, ModelOptions.ApiPath, Columns, OutputColumn, OutputType, RowsPerRequest, RowErrors.Way, .. ModelOptions.Shared];

    protected override IReadOnlyList<OptionRule> OwnRules =>
    [
        .. ChatProvider.All.Where(provider => provider.NeedsKey).Select(provider => OptionRule.RequiredWhen(Provider, provider.Name, ModelOptions.ApiKey)),
        OptionRule.RequiredWhen(Provider, ChatProvider.Microsoft, ModelOptions.ApiPath),
    ];

    protected override IEnumerable<Problem> CheckOwn(SettingsObject settings) =>
        Provider.CheckValue(settings) is null && Provider.TryRead(settings, out var provider) ? ModelOptions.Check(settings, provider) : [];

    protected override ITableTransform Create(TableSchema table, SettingsObject settings, TransformContext context)
    {
        var problems = new List<Problem>();
        var name = OutputColumn.Read(settings);
        if (table.IndexOf(name) >= 0)
        {
            problems.Add(new Problem(CommonErrors.IllegalArgument, $"llm inference field name {name} already exists")
            {
                Where = OutputColumn.Find(settings)?.Value.Where ?? settings.Where, Mend = "Choose another name for the answers with 'output_column_name'.",
            });
        }
        var columns = Columns.TryRead(settings, out var written) && written.Count > 0 ? written : [.. table.Columns.Select(column => column.Name)];
        var absent = columns.Where(column => table.IndexOf(column) < 0).ToList();
        if (absent.Count > 0)
        {
            var names = table.Columns.Select(column => column.Name).ToList();
            problems.Add(new Problem(TransformErrors.FieldsNotFound(absent, Name), $"Table {table.TableId} has the columns {string.Join(", ", names)}.")
            {
                Where = Columns.Find(settings)!.Value.Where, Mend = Nearest.DidYouMean(absent[0], names),
            });
        }
        if (problems.Count > 0) throw new ProblemsException(problems);
        var type = OutputType.Read(settings);
        var output = new OutputColumns(table, [new ColumnDef(name, LlmAnswer.Types[type])], settings.Where)
        {
            Origins = [ColumnOrigin.Computed($"LLM({string.Join(", ", columns)})", [.. columns])],
        };
        var chat = ChatProvider.Named(Provider.Read(settings)).Chat(settings, Prompt.Read(settings), type);
        var inputs = columns.Select(column => (column, table.IndexOf(column))).ToList();
        return new LlmTransform(output, RowErrors.Of(Name, settings), chat, inputs, RowsPerRequest.Read(settings));
    }
}
