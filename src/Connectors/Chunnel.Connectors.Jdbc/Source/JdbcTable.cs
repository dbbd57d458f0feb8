using Chunnel.Core;

namespace Chunnel.Connectors.Jdbc;

/// <summary>A table or query that is read.</summary>
internal sealed record JdbcTable(TableSchema Schema)
{
    /// <summary>Where the rows come from, as it stands behind <c>from</c>.</summary>
    public required string From { get; init; }

    /// <summary>A condition that all rows meet; null for none.</summary>
    public string? Condition { get; init; }

    /// <summary>The table in the catalog when all of it is read.</summary>
    public TablePath? Whole { get; init; }

    /// <summary>Another database than the URL's; null for that.</summary>
    public string? Database { get; init; }

    /// <summary>The columns as the query asks for them.</summary>
    public required string Columns { get; init; }

    /// <summary>The column that splits go by; null where there is none.</summary>
    public ColumnDef? SplitColumn { get; init; }

    /// <summary>Fixed splits of a query, in place of splits by size.</summary>
    public FixedSplits? Fixed { get; init; }

    /// <summary>The job named the column: it wants splits.</summary>
    public bool SplitsAsked { get; init; }

    /// <summary>Columns that tell every row and by whose order a reader can go on; empty where there are none.</summary>
    public IReadOnlyList<string> Key { get; init; } = [];
}

/// <summary>So many parts between two bounds, which the server is asked for where they are not given.</summary>
internal sealed record FixedSplits(int Parts, string? Lower, string? Upper);
