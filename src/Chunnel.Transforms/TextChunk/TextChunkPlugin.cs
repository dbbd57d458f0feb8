using System.Text;
using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.Transforms.Tables;

namespace Chunnel.Transforms.TextChunk;

/// <summary>Cuts long texts into chunks, a row for each (spec transforms.md 3.20).</summary>
public sealed class TextChunkPlugin : TableTransformPlugin
{
    public static readonly Option<string> TextField = Option.Text("text_field").IsRequired().Says("The column with the text.");

    public static readonly Option<string> OutputField = Option.Text("output_field").Default("chunk").Says("The column of the chunk; one that exists is overwritten, unless it is of a key.");

    public static readonly Option<string> IndexField = Option.Text("chunk_index_field").Default("chunk_index")
        .Says("The column of the chunk's number within its text, from 0; one that exists is overwritten, unless it is of a key. It becomes part of the primary key and of unique keys.");

    public static readonly Option<int> ChunkSize = Option.Int("chunk_size").Default(1000).AtLeast(1).Says("Code points of a chunk, at most.");

    public static readonly Option<int> OverlapSize = Option.Int("overlap_size").Default(0).AtLeast(0)
        .Says("Code points that a chunk repeats of the one before it, at most: whole pieces between separators. Smaller than chunk_size.");

    public static readonly Option<IReadOnlyList<string>> Separators = Option.TextList("separators").Default(["\n\n", "\n", "。", "！", "？", ". ", " "])
        .Must(separators => separators.Contains("") ? "A separator is empty." : null)
        .Says("Where a text is cut: behind the first of these; where a piece is still too long, behind the next. An empty list cuts every chunk_size code points.");

    public static readonly Option<bool> SkipEmpty = Option.Bool("skip_empty_text").Default(true).Says("Whether a row whose text is null or empty is left out; else it stays, with a null as its chunk and 0 as its number.");

    public override string Name => "TextChunk";

    public override string Summary => "Cuts long texts into chunks, a row for each.";

    protected override IReadOnlyList<OptionDescription> OwnOptions => [TextField, OutputField, IndexField, ChunkSize, OverlapSize, Separators, SkipEmpty];

    protected override IEnumerable<Problem> CheckOwn(SettingsObject settings)
    {
        if (ChunkSize.CheckValue(settings) is not null || OverlapSize.CheckValue(settings) is not null || OverlapSize.Read(settings) < ChunkSize.Read(settings)) yield break;
        yield return new Problem(CommonErrors.OptionValidateFailed, $"The value {OverlapSize.Read(settings)} of 'overlap_size' must be below 'chunk_size', which is {ChunkSize.Read(settings)}.")
        {
            Where = OverlapSize.Find(settings)?.Value.Where ?? settings.Where, Mend = "A tenth of 'chunk_size' is a good choice: the nearer both are, the more chunks there are.",
        };
    }

    protected override ITableTransform Create(TableSchema table, SettingsObject settings, TransformContext context)
    {
        var field = TextField.Read(settings);
        var where = TextField.Find(settings)!.Value.Where;
        Projections.RequireAll(table, [field], Name, where, oneByOne: true);
        Projections.RequireStrings(table, [field], Name, where);
        RefuseKeys(table, settings);
        var index = IndexField.Read(settings);
        var output = new OutputColumns(table, [new ColumnDef(OutputField.Read(settings), DataType.String), new ColumnDef(index, DataType.Int) { Nullable = false }], settings.Where)
        {
            Origins = [ColumnOrigin.Computed($"TEXT_CHUNK({field})", field), ColumnOrigin.Computed($"TEXT_CHUNK_INDEX({field})", field)],
        };
        var chunker = new Chunker([.. Separators.Read(settings).Select(Encoding.UTF8.GetBytes)], ChunkSize.Read(settings), OverlapSize.Read(settings));
        return new TextChunkTransform(output, WithKeys(output.Table, index), table.IndexOf(field), chunker, SkipEmpty.Read(settings));
    }

    /// <summary>The chunks of one row share its keys, so their number belongs to each.</summary>
    private static TableSchema WithKeys(TableSchema table, string index) => new(table.Path, table.Columns)
    {
        PrimaryKey = table.PrimaryKey is { } key ? key with { Columns = [.. key.Columns, index] } : null,
        ConstraintKeys = [.. table.ConstraintKeys.Select(key => key.Kind == ConstraintKind.UniqueKey ? key with { Columns = [.. key.Columns, new ConstraintColumn(index)] } : key)],
        PartitionKeys = table.PartitionKeys,
        Options = table.Options,
        Comment = table.Comment,
        CatalogName = table.CatalogName,
    };

    private static void RefuseKeys(TableSchema table, SettingsObject settings)
    {
        var keys = (table.PrimaryKey?.Columns ?? []).Concat(table.ConstraintKeys.Where(key => key.Kind == ConstraintKind.UniqueKey).SelectMany(key => key.Columns.Select(column => column.Name))).ToHashSet(StringComparer.Ordinal);
        var wrong = new[] { OutputField, IndexField }.Where(option => keys.Contains(option.Read(settings))).Select(option =>
            new Problem(CommonErrors.IllegalArgument, $"The column '{option.Read(settings)}' of '{option.Key}' is part of a key of table {table.TableId}: chunks of different rows would get one key.")
            {
                Where = option.Find(settings)?.Value.Where ?? settings.Where, Mend = "Choose another column.",
            }).ToList();
        if (wrong.Count > 0) throw new ProblemsException(wrong);
    }
}
