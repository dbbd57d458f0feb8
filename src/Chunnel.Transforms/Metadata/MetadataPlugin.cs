using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.Transforms.Tables;

namespace Chunnel.Transforms.Metadata;

/// <summary>Writes what is known of a row beside its values into columns (spec transforms.md 3.12).</summary>
public sealed class MetadataPlugin : TableTransformPlugin
{
    public static readonly Option<IReadOnlyDictionary<string, string>> Fields = Option.TextMap("metadata_fields").IsRequired().Must(WrongKeys)
        .Says($"What is written into which new column: {{ Key = column }}. Keys: {string.Join(", ", MetadataKeys.All.Keys)}. "
            + "Partition is the row's values of the table's partition keys with commas between them, nothing where one is null; null where all are, and for a table without any. "
            + "The keys behind it are what a source tells of a row (EventTime and Delay in milliseconds), and null where it tells nothing.");

    public override string Name => "Metadata";

    public override string Summary => "Writes the row's table, kind and other metadata into new columns.";

    protected override IReadOnlyList<OptionDescription> OwnOptions => [Fields];

    protected override ITableTransform Create(TableSchema table, SettingsObject settings, TransformContext context)
    {
        var fields = Fields.Read(settings);
        var where = Fields.Find(settings)!.Value.Where;
        var existing = fields.Values.Where(name => table.IndexOf(name) >= 0).ToList();
        if (existing.Count > 0)
        {
            throw new ProblemsException([.. existing.Select(name => new Problem(CommonErrors.IllegalArgument, $"field name {name} already exists")
            {
                Where = where, Mend = $"Choose a name that table {table.TableId} does not have.",
            })]);
        }
        var columns = new OutputColumns(table, [.. fields.Select(field => new ColumnDef(field.Value, MetadataKeys.All[field.Key]))], where) { Origins = [.. fields.Keys.Select(ColumnOrigin.Metadata)] };
        return new MetadataTransform(table, columns, [.. fields.Keys]);
    }

    private static string? WrongKeys(IReadOnlyDictionary<string, string> fields)
    {
        var unknown = fields.Keys.Where(key => !MetadataKeys.All.ContainsKey(key)).ToList();
        return unknown.Count == 0 ? null : $"'metadata_fields' has no key {string.Join(", ", unknown)}. The keys are {string.Join(", ", MetadataKeys.All.Keys)}.";
    }
}
