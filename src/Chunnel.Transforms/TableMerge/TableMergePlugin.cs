using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.Transforms.Tables;

namespace Chunnel.Transforms.TableMerge;

/// <summary>Makes one table of many with the same columns (spec transforms.md 3.15); the first one's keys count.</summary>
public sealed class TableMergePlugin : TableTransformPlugin
{
    public static readonly Option<string> Database = Option.Text("database").Says("The database of the table that comes out.");

    public static readonly Option<string> Schema = Option.Text("schema").Says("The schema of the table that comes out.");

    public static readonly Option<string> Table = Option.Text("table").IsRequired().Says("The name of the table that comes out.");

    public override string Name => "TableMerge";

    public override string Summary => "Makes one table of many that have the same columns.";

    protected override IReadOnlyList<OptionDescription> OwnOptions => [Database, Schema, Table];

    protected override ITableTransform Create(TableSchema table, SettingsObject settings, TransformContext context) =>
        Projections.Moved(table, new TablePath(Of(Database, settings), Of(Schema, settings), Table.Read(settings)));

    private static string? Of(Option<string> option, SettingsObject settings) => option.TryRead(settings, out var part) ? part : null;
}
