using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Engine;

/// <summary>Follows columns from the end of one way through the transforms back to the source. A column that is asked for twice is followed once.</summary>
internal sealed class LineageTrace(IReadOnlyList<StepLineage> steps)
{
    private readonly Dictionary<(int Steps, string Table, string Column), Found> _known = [];

    /// <summary>The columns of a table that comes out at the end.</summary>
    public SinkLineage Of(PipelinePlan pipeline, SinkPath sink, string table)
    {
        var schema = (steps.Count == 0 ? pipeline.Source.Tables : steps[^1].Step.Tables).First(known => known.TableId == table);
        return new SinkLineage
        {
            Pipeline = pipeline,
            Sink = sink,
            Table = schema,
            Columns = [.. schema.Columns.Select(column => Trace(column, table))],
            Filters = FiltersOf(table),
        };
    }

    private ColumnTrace Trace(ColumnDef column, string table)
    {
        var found = Follow(steps.Count, table, column.Name);
        return new ColumnTrace(column, found.Roots, found.Hops);
    }

    /// <summary>A column as it is behind so many steps.</summary>
    private Found Follow(int count, string table, string column)
    {
        if (count == 0) return new Found([new RootUse(table, column, UseWay.Identity, Hidden: false)], []);
        if (_known.TryGetValue((count, table, column), out var known)) return known;
        var step = steps[count - 1];
        var parts = step.Tables.Where(lineage => lineage.Output.TableId == table).Select(lineage => Part(lineage, column, count)).ToList();
        if (parts.Count == 0) parts.Add(new Found([], [new Hop(step.Step.ActionName, column, OriginKind.Untold, null)]));
        return _known[(count, table, column)] = Found.Together(parts);
    }

    private Found Part(TableLineage lineage, string column, int count)
    {
        var step = steps[count - 1].Step.ActionName;
        var origin = lineage.Output.IndexOf(column) is >= 0 and var place ? lineage.Columns[place] : ColumnOrigin.Untold;
        var before = origin.Uses.Select(use => (Use: use, Found: Follow(count - 1, lineage.Input, use.Column))).ToList();
        var roots = before.SelectMany(pair => pair.Found.Roots.Select(root => Through(root, pair.Use, origin.Kind)));
        var hops = before.SelectMany(pair => pair.Found.Hops);
        return Found.Together([new Found([.. roots], [.. hops, .. origin.Kind == OriginKind.Copied ? Array.Empty<Hop>() : [new Hop(step, column, origin.Kind, origin.Expression)]])]);
    }

    private static RootUse Through(RootUse root, ColumnUse use, OriginKind kind) => root with
    {
        Way = use.Decides || root.Way == UseWay.Condition ? UseWay.Condition : kind == OriginKind.Computed ? UseWay.Transformation : root.Way,
        Hidden = root.Hidden || use.Hidden,
    };

    /// <summary>The filters that rows of a table have passed.</summary>
    private List<RowFilter> FiltersOf(string table)
    {
        var filters = new List<RowFilter>();
        var tables = new HashSet<string>(StringComparer.Ordinal) { table };
        for (var count = steps.Count; count > 0; count--)
        {
            var passed = steps[count - 1].Tables.Where(lineage => tables.Contains(lineage.Output.TableId)).ToList();
            var (before, step) = (count - 1, steps[count - 1].Step.ActionName);
            filters.InsertRange(0, passed.Where(lineage => lineage.Filter is not null).GroupBy(lineage => lineage.Filter!).Select(same => new RowFilter(
                step, same.Key, [.. same.SelectMany(lineage => lineage.FilterColumns.SelectMany(column => Follow(before, lineage.Input, column).Roots)).Select(root => root with { Way = UseWay.Filter }).Distinct()])));
            // What a step does not tell of comes, if anywhere, from the table of its name.
            if (passed.Count > 0) tables = passed.Select(lineage => lineage.Input).ToHashSet(StringComparer.Ordinal);
        }
        return filters;
    }

    private sealed record Found(IReadOnlyList<RootUse> Roots, IReadOnlyList<Hop> Hops)
    {
        /// <summary>All of them, each use and each hop once; a column is hidden when it is in every way.</summary>
        public static Found Together(IReadOnlyList<Found> parts) => new(
            [.. parts.SelectMany(part => part.Roots).GroupBy(root => (root.Table, root.Column, root.Way)).Select(group => group.First() with { Hidden = group.All(root => root.Hidden) })],
            [.. parts.SelectMany(part => part.Hops).Distinct()]);
    }
}
