using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Connectors.Jdbc;

/// <summary>A connection to a database, for a source: what its tables look like, single answers, and rows by the batch. One call at a time.</summary>
internal interface IDatabase : IAsyncDisposable
{
    /// <summary>The table with its columns, keys and comments; null when it is not there.</summary>
    ValueTask<TableSchema?> DescribeAsync(TablePath path, CancellationToken stop);

    /// <summary>The columns that a query gives.</summary>
    ValueTask<IReadOnlyList<ColumnDef>> DescribeQueryAsync(string query, CancellationToken stop);

    /// <summary>All tables and views whose full path a pattern matches.</summary>
    ValueTask<IReadOnlyList<TablePath>> FindTablesAsync(Func<string, bool> matches, CancellationToken stop);

    /// <summary>The one row that a query gives, its values as texts that <see cref="Dialect.Literal"/> turns into SQL again.</summary>
    /// <param name="query">The query.</param>
    /// <param name="values">How many columns it gives.</param>
    /// <param name="stop">Ends the wait.</param>
    ValueTask<IReadOnlyList<string?>> RowAsync(string query, int values, CancellationToken stop);

    /// <summary>The only column of a query's rows, in their order.</summary>
    ValueTask<IReadOnlyList<string?>> ColumnAsync(string query, CancellationToken stop);

    /// <summary>About how many rows a table has, from the server's statistics; null when it has none.</summary>
    ValueTask<long?> EstimateRowsAsync(TablePath path, CancellationToken stop);

    /// <summary>A condition that is true for about every n-th of the rows by the hash of a column: part <paramref name="part"/> of <paramref name="parts"/>.</summary>
    string HashCondition(string quotedColumn, int part, int parts);

    /// <summary>Begins to read a query's rows.</summary>
    /// <param name="query">The query; its columns are the table's, in order.</param>
    /// <param name="table">The table that batches carry.</param>
    /// <param name="context">The reader's.</param>
    /// <param name="looseness">What becomes of values that have no place.</param>
    /// <param name="sameOrder">True when the rows must come in the same order each time, although the query does not say which.</param>
    /// <param name="stop">Ends the wait.</param>
    ValueTask<IRowReading> ReadAsync(SplitQuery query, TableSchema table, ReaderContext context, Looseness looseness, bool sameOrder, CancellationToken stop);

    /// <summary>A column as a query must ask for it, so that reading understands what comes.</summary>
    string SelectOf(ColumnDef column);
}

/// <summary>Rows on their way from the server. Disposing ends it at any time.</summary>
internal interface IRowReading : IAsyncDisposable
{
    /// <summary>The next batch; null behind the last.</summary>
    ValueTask<ColumnBatch?> ReadAsync(long firstRow, CancellationToken stop);

    /// <summary>Reads rows away; answers how many there were, at most so many.</summary>
    ValueTask<long> SkipAsync(long rows, CancellationToken stop);

    /// <summary>A checksum over all rows given so far, in their order.</summary>
    uint Checksum { get; }
}
