using Chunnel.Core;

namespace Chunnel.Plugins;

/// <summary>What one table that comes out of a transform is made of, as far as it is made of one table that comes in.</summary>
public sealed record TableLineage
{
    /// <summary>The path of the table that comes in.</summary>
    public required string Input { get; init; }

    /// <summary>The table that comes out.</summary>
    public required TableSchema Output { get; init; }

    /// <summary>The origin of each column that comes out, in their order.</summary>
    public required IReadOnlyList<ColumnOrigin> Columns { get; init; }

    /// <summary>Columns that decide which rows come out.</summary>
    public IReadOnlyList<string> FilterColumns { get; init; } = [];

    /// <summary>Which rows come out, in words or as a condition; null for all of them.</summary>
    public string? Filter { get; init; }

    /// <summary>What a query was made into, where the transform runs one.</summary>
    public QueryPlan? Query { get; init; }

    /// <summary>Every column is the one of the same name.</summary>
    public static TableLineage Same(TableSchema table) =>
        new() { Input = table.TableId, Output = table, Columns = [.. table.Columns.Select(column => ColumnOrigin.Of(column.Name, column.Name))] };

    /// <summary>What a table is made of that another transform makes of this one's.</summary>
    public TableLineage Then(TableLineage next) => next with
    {
        Input = Input,
        Columns = [.. next.Columns.Zip(next.Output.Columns, (origin, column) => Through(origin, column.Name))],
        FilterColumns = [.. FilterColumns.Concat(next.FilterColumns.SelectMany(name => OriginOf(name).Uses).Select(use => use.Column)).Distinct()],
        Filter = (Filter, next.Filter) is ({ } one, { } other) ? $"{one} AND {other}" : Filter ?? next.Filter,
        Query = next.Query ?? Query,
    };

    private ColumnOrigin Through(ColumnOrigin origin, string name)
    {
        if (origin.Kind is OriginKind.Copied or OriginKind.Renamed)
        {
            var before = OriginOf(origin.Uses[0].Column);
            return before.Kind is OriginKind.Copied or OriginKind.Renamed ? ColumnOrigin.Of(before.Uses[0].Column, name) : before;
        }
        if (origin.Uses.Any(use => OriginOf(use.Column).Kind == OriginKind.Untold)) return ColumnOrigin.Untold;
        var uses = origin.Uses.SelectMany(use => OriginOf(use.Column).Uses.Select(before => new ColumnUse(before.Column, use.Decides || before.Decides, use.Hidden || before.Hidden)));
        return origin with { Uses = [.. uses.Distinct()] };
    }

    private ColumnOrigin OriginOf(string column) => Output.IndexOf(column) is >= 0 and var place ? Columns[place] : ColumnOrigin.Untold;

    /// <summary>Nobody told.</summary>
    public static TableLineage Untold(TableSchema input, TableSchema output) =>
        new() { Input = input.TableId, Output = output, Columns = [.. output.Columns.Select(_ => ColumnOrigin.Untold)] };
}
