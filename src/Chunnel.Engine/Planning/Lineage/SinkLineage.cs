using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Engine;

/// <summary>Where the columns of one table of one sink come from.</summary>
public sealed record SinkLineage
{
    public required PipelinePlan Pipeline { get; init; }

    public required SinkPath Sink { get; init; }

    /// <summary>The table as it comes to the sink.</summary>
    public required TableSchema Table { get; init; }

    /// <summary>One a column, in their order.</summary>
    public required IReadOnlyList<ColumnTrace> Columns { get; init; }

    /// <summary>What decides which rows come through, nearest to the source first.</summary>
    public required IReadOnlyList<RowFilter> Filters { get; init; }
}

/// <summary>A column that a sink gets.</summary>
/// <param name="Column">The column.</param>
/// <param name="Roots">The columns of the source that it is made of, each once a way of use.</param>
/// <param name="Hops">What happens to it on the way, nearest to the source first; what only copies it is left out.</param>
public sealed record ColumnTrace(ColumnDef Column, IReadOnlyList<RootUse> Roots, IReadOnlyList<Hop> Hops)
{
    /// <summary>False when a transform on the way does not tell what it makes its columns of.</summary>
    public bool IsWhole => Hops.All(hop => hop.Kind != OriginKind.Untold);

    /// <summary>One word for all that happens to it.</summary>
    public OriginKind Kind =>
        !IsWhole ? OriginKind.Untold
        : Hops.Any(hop => hop.Kind == OriginKind.Computed) ? OriginKind.Computed
        : Hops.Count == 0 ? OriginKind.Copied
        : Hops[0].Kind is OriginKind.Metadata or OriginKind.Constant ? Hops[0].Kind
        : Roots is [{ Column: var name }] && name == Column.Name ? OriginKind.Copied
        : OriginKind.Renamed;
}

/// <summary>A column of a source as a column of a sink, or a filter, uses it.</summary>
/// <param name="Table">The path of the source's table.</param>
/// <param name="Column">The column.</param>
/// <param name="Way">How.</param>
/// <param name="Hidden">Nothing of its values can be read any more.</param>
public sealed record RootUse(string Table, string Column, UseWay Way, bool Hidden);

public enum UseWay
{
    /// <summary>The value itself.</summary>
    Identity,

    /// <summary>A value computed of it.</summary>
    Transformation,

    /// <summary>It decides which value there is.</summary>
    Condition,

    /// <summary>It decides which rows there are.</summary>
    Filter,
}

/// <summary>What one transform does to a column.</summary>
/// <param name="Step">The transform: <c>Transform[0]-Sql</c>.</param>
/// <param name="Column">The column as it comes out of it.</param>
/// <param name="Kind">What is done.</param>
/// <param name="Expression">How, where it is computed.</param>
public sealed record Hop(string Step, string Column, OriginKind Kind, string? Expression);

/// <summary>What decides in one transform which rows come out.</summary>
/// <param name="Step">The transform.</param>
/// <param name="Condition">The condition, as written or in words.</param>
/// <param name="Roots">The columns of the source that it looks at.</param>
public sealed record RowFilter(string Step, string Condition, IReadOnlyList<RootUse> Roots);
