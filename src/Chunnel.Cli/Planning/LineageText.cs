using System.Text;
using Chunnel.Engine;
using Chunnel.Plugins;

namespace Chunnel.Cli.Planning;

/// <summary>Where the columns of each sink come from, as a person reads it.</summary>
internal static class LineageText
{
    public static void Append(StringBuilder text, PipelinePlan pipeline, JobLineage lineage)
    {
        text.Append("  columns:\n");
        foreach (var sink in lineage.Sinks.Where(sink => sink.Pipeline == pipeline))
        {
            text.Append($"    {sink.Sink.Vertex} {sink.Table.TableId}\n");
            foreach (var column in sink.Columns) text.Append($"      {column.Column.Name} {column.Column.Type} <- {OriginOf(column)}\n");
            foreach (var filter in sink.Filters) text.Append($"      only rows: {filter.Condition} ({filter.Step}{ByOf(filter)})\n");
        }
    }

    private static string OriginOf(ColumnTrace column)
    {
        var roots = column.Roots.Select(root => $"{root.Table}.{root.Column}{NoteOf(root)}");
        return string.Join("; ", new[] { string.Join(", ", roots) }.Where(all => all.Length > 0).Concat(column.Hops.Select(WordsOf)));
    }

    private static string NoteOf(RootUse root) => (root.Way, root.Hidden) switch
    {
        (UseWay.Condition, _) => " (decides)",
        (_, true) => " (hidden)",
        _ => "",
    };

    private static string WordsOf(Hop hop) => hop.Kind switch
    {
        OriginKind.Renamed => $"renamed {hop.Column} in {hop.Step}",
        OriginKind.Metadata => $"metadata {hop.Expression} in {hop.Step}",
        OriginKind.Constant => $"constant {hop.Expression} in {hop.Step}",
        OriginKind.Untold => $"{hop.Step} does not tell",
        _ => $"{hop.Expression} in {hop.Step}",
    };

    private static string ByOf(RowFilter filter) => filter.Roots.Count == 0 ? "" : $", by {string.Join(", ", filter.Roots.Select(root => $"{root.Table}.{root.Column}"))}";
}
