using System.Globalization;
using Chunnel.Core;
using Chunnel.Plugins;
using Npgsql;

namespace Chunnel.Connectors.Jdbc;

/// <summary>A connection to PostgreSQL, for a source.</summary>
internal sealed class PgDatabase(NpgsqlConnection connection, ConnectionSettings settings) : IDatabase
{
    /// <summary>Scans begin at the table's first page and one process does them: the same rows come in the same order.</summary>
    private const string SameOrder = "set synchronize_seqscans = off; set max_parallel_workers_per_gather = 0";

    private const string BoundsOfSplits = "asking for the bounds of splits";

    private PgReading? _reading;

    public ValueTask<TableSchema?> DescribeAsync(TablePath path, CancellationToken stop) =>
        AskAsync($"looking up table '{path}'", () => PgCatalog.DescribeAsync(connection, path with { Database = path.Database ?? connection.Database }, stop));

    public ValueTask<IReadOnlyList<ColumnDef>> DescribeQueryAsync(string query, CancellationToken stop) =>
        AskAsync("looking at 'query'", () => PgCatalog.DescribeQueryAsync(connection, query, stop));

    public async ValueTask<IReadOnlyList<TablePath>> FindTablesAsync(Func<string, bool> matches, CancellationToken stop)
    {
        var tables = await AskAsync("listing tables", () => PgCatalog.TablesAsync(connection, stop));
        return [.. tables.Where(table => matches(table.ToString()))];
    }

    public async ValueTask<IReadOnlyList<string?>> RowAsync(string query, int values, CancellationToken stop)
    {
        var names = Enumerable.Range(0, values).Select(value => string.Create(CultureInfo.InvariantCulture, $"chunnel_{value}")).ToList();
        var rows = await AskAsync(BoundsOfSplits, () => PgTextRows.AskAsync(connection, $"select {string.Join(", ", names.Select(name => name + "::text"))} from ({query}) q({string.Join(", ", names)})", stop));
        return rows[0];
    }

    public async ValueTask<IReadOnlyList<string?>> ColumnAsync(string query, CancellationToken stop)
    {
        var rows = await AskAsync(BoundsOfSplits, () => PgTextRows.AskAsync(connection, $"select chunnel_0::text from ({query}) q(chunnel_0)", stop));
        return [.. rows.Select(row => row[0])];
    }

    public async ValueTask<long?> EstimateRowsAsync(TablePath path, CancellationToken stop)
    {
        var row = await RowAsync($"select (select reltuples::int8 from pg_catalog.pg_class where oid = pg_catalog.to_regclass({PgText.Literal(PgText.Quote(path))}) and relkind <> 'v')", 1, stop);
        // -1: nobody has counted yet.
        return row[0] is { } text && long.Parse(text, CultureInfo.InvariantCulture) is >= 0 and var rows ? rows : null;
    }

    public string HashCondition(string quotedColumn, int part, int parts) =>
        string.Create(CultureInfo.InvariantCulture, $"abs(hashtext({quotedColumn}::text)::int8) % {parts} = {part}");

    public ValueTask<IRowReading> ReadAsync(SplitQuery query, TableSchema table, ReaderContext context, Looseness looseness, bool sameOrder, CancellationToken stop) =>
        AskAsync($"reading table '{table.TableId}'", async () =>
        {
            if (sameOrder) await PgConnections.ExecuteAsync(connection, SameOrder, stop);
            var rows = await IsPlainAsync(query, table, stop) ? $"{query.From} ({query.Columns})" : $"({query.Sql})";
            var copy = await connection.BeginRawBinaryCopyAsync($"copy {rows} to stdout (format binary)", stop);
            return (IRowReading)(_reading = new PgReading(copy, table, context, looseness, keepsChecksum: sameOrder));
        });

    public string SelectOf(ColumnDef column) => PgColumns.SelectOf(column);

    public ValueTask DisposeAsync()
    {
        if (_reading is not { IsAbandoned: true }) return connection.DisposeAsync();
        _ = Task.Run(async () => await connection.DisposeAsync());
        return ValueTask.CompletedTask;
    }

    /// <summary>True when the rows can be asked of the table itself, for which the server runs no query.</summary>
    private async ValueTask<bool> IsPlainAsync(SplitQuery query, TableSchema table, CancellationToken stop) =>
        query.WholeTable is { } path && table.Columns.Count > 0 && table.Columns.All(PgColumns.ComesAsItIs) && await PgCatalog.IsPlainTableAsync(connection, path, stop);

    private async ValueTask<T> AskAsync<T>(string doing, Func<ValueTask<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (Exception fault) when (PgErrors.IsOfServer(fault))
        {
            throw PgErrors.Asking(fault, doing, settings.Where);
        }
    }
}
