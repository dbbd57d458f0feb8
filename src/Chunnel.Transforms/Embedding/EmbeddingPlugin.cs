using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.Transforms.Providers;
using Chunnel.Transforms.Tables;

namespace Chunnel.Transforms.Embedding;

/// <summary>Adds vectors that a model makes of columns (spec transforms.md 3.11).</summary>
public sealed class EmbeddingPlugin : TableTransformPlugin
{
    public static readonly Option<string> Provider = Option.Choice("model_provider", [.. EmbeddingProvider.All.Select(provider => provider.Name)]).Old("embedding_model_provider").IsRequired()
        .Says("Who has the model. OPENAI with an api_path is any server that speaks OpenAI's language; CUSTOM is one whose requests custom_config describes.");

    public static readonly Option<int> Dimension = Option.Int("dimension").AtLeast(1).AtMost(1 << 16)
        .Says("How many numbers a vector has, for models that let one choose (OPENAI, ZHIPU, AMAZON's titan). Vectors of another length are refused.");

    public static readonly Option<int> InputsPerRequest = Option.Int("single_vectorized_input_number").Default(1).AtLeast(1).AtMost(ColumnBatch.AimRows)
        .Says("How many inputs, of one row or of several, one request has. OPENAI takes one.");

    public static readonly Option<SettingsObject> Fields = Option.Object("vectorization_fields").IsRequired()
        .Says("The columns that are made and what they are made of: { vector_column = source_column }. With DOUBAO a source may be { field, modality, format }: format is text, url or binary, "
            + "modality the kind of image or video (jpeg, png, gif, webp, bmp, tiff, ico, icns, sgi, jpeg2000, mp4, avi, mov); without it a url's ending tells.");

    public override string Name => "Embedding";

    public override string Summary => "Adds columns with the vectors that an embedding model makes of others.";

    protected override IReadOnlyList<OptionDescription> OwnOptions =>
        [Provider, ModelOptions.Model, Fields, InputsPerRequest, ModelOptions.ApiKey, EmbeddingKeys.SecretKey, ModelOptions.ApiPath, EmbeddingKeys.OauthPath, EmbeddingKeys.Region, Dimension, .. ModelOptions.Shared];

    protected override IReadOnlyList<OptionRule> OwnRules =>
    [
        .. EmbeddingProvider.All.Where(provider => provider.Needs.Count > 0).Select(provider => OptionRule.RequiredWhen(Provider, provider.Name, [.. provider.Needs])),
    ];

    protected override IEnumerable<Problem> CheckOwn(SettingsObject settings)
    {
        if (Provider.CheckValue(settings) is not null || !Provider.TryRead(settings, out var provider)) yield break;
        foreach (var problem in ModelOptions.Check(settings, provider)) yield return problem;
        if (InputsPerRequest.CheckValue(settings) is null && InputsPerRequest.Read(settings) is var inputs && inputs != 1 && EmbeddingProvider.Named(provider).OneInput is { } alone)
            yield return new Problem(CommonErrors.OptionValidateFailed, alone) { Where = InputsPerRequest.Find(settings)!.Value.Where, Mend = "Leave 'single_vectorized_input_number' at 1; model_parallel_requests makes it fast." };
        if (Fields.CheckValue(settings) is not null || !Fields.TryRead(settings, out var fields)) yield break;
        if (fields.Entries.Count == 0) yield return new Problem(CommonErrors.OptionValidateFailed, "'vectorization_fields' is empty.") { Where = fields.Where };
        var problems = new List<Problem>();
        var sources = EmbeddingField.ReadAll(fields, problems);
        foreach (var problem in problems) yield return problem;
        if (provider != EmbeddingProvider.Doubao && sources.FirstOrDefault(source => !source.IsText) is { } picture)
            yield return new Problem(CommonErrors.OptionValidateFailed, $"'{picture.Target}' is made of no text, which {provider} cannot do.") { Where = picture.Where, Mend = $"Images and videos are for {EmbeddingProvider.Doubao}." };
    }

    protected override ITableTransform Create(TableSchema table, SettingsObject settings, TransformContext context)
    {
        var problems = new List<Problem>();
        var fields = EmbeddingField.ReadAll(Fields.Read(settings), problems);
        var absent = fields.Select(field => field.Source).Where(source => table.IndexOf(source) < 0).Distinct().ToList();
        if (absent.Count > 0)
        {
            var names = table.Columns.Select(column => column.Name).ToList();
            problems.Add(new Problem(TransformErrors.FieldsNotFound(absent, Name), $"Table {table.TableId} has the columns {string.Join(", ", names)}.")
            {
                Where = Fields.Find(settings)!.Value.Where, Mend = Nearest.DidYouMean(absent[0], names),
            });
        }
        problems.AddRange(fields.Where(field => field.Format == PayloadFormat.Binary && table.IndexOf(field.Source) >= 0 && table.Columns[table.IndexOf(field.Source)].Type.Kind != TypeKind.Bytes)
            .Select(field => new Problem(CommonErrors.UnsupportedType(Name, table.Columns[table.IndexOf(field.Source)].Type.ToString(), field.Source), $"'{field.Target}' is made of binary data, which '{field.Source}' is not.")
            {
                Where = field.Where, Mend = "Binary data stands in columns of bytes.",
            }));
        if (problems.Count > 0) throw new ProblemsException(problems);
        int? dimension = Dimension.TryRead(settings, out var length) ? length : null;
        var type = DataType.Vector(TypeKind.FloatVector, dimension ?? 0);
        var output = new OutputColumns(table, [.. fields.Select(field => new ColumnDef(field.Target, type))], Fields.Find(settings)!.Value.Where)
        {
            Origins = [.. fields.Select(field => ColumnOrigin.Computed($"EMBEDDING({field.Source})", field.Source))],
        };
        var model = EmbeddingProvider.Named(Provider.Read(settings)).Model(settings, isMultimodal: fields.Any(field => !field.IsText));
        return new EmbeddingTransform(output, model, [.. fields.Select(field => (field, table.IndexOf(field.Source)))], model.OneInput ? 1 : InputsPerRequest.Read(settings), dimension);
    }
}
