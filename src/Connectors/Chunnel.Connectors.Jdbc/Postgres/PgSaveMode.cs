using Chunnel.Core;
using Chunnel.Plugins;
using Npgsql;

namespace Chunnel.Connectors.Jdbc;

/// <summary>Prepares the table before any row is written.</summary>
internal sealed class PgSaveMode(JdbcSinkSettings settings, TableSchema table) : ISaveMode
{
    private NpgsqlConnection? _connection;

    public TableSchema Table => table;

    public SchemaSaveMode Schema => settings.SchemaSaveMode;

    public DataSaveMode Data => settings.DataSaveMode;

    public string Catalog => PgCatalog.Name;

    private string Target => PgText.Quote(settings.Target);

    public ValueTask<bool> TableExistsAsync(CancellationToken stop) => AskAsync($"looking for table '{settings.Target}'", async connection => await PgCatalog.FindAsync(connection, settings.Target, stop) is not null, stop);

    public ValueTask CreateTableAsync(CancellationToken stop) => DoAsync($"creating table '{settings.Target}'", async connection =>
    {
        // Several tables of one job may want one schema at the same time, and it may be there already for a user who must not create any.
        if (settings.Target.Schema is { } schema && !await HasSchemaAsync(connection, schema, stop)) await PgConnections.ExecuteAsync(connection, $"create schema if not exists {PgText.Quote(schema)}", stop);
        var types = new List<string>();
        foreach (var column in table.Columns) types.Add(await PgTypes.OfAsync(connection, column, table.CatalogName == PgCatalog.Name, stop));
        foreach (var statement in PgCreateTable.Statements(settings, table, types)) await PgConnections.ExecuteAsync(connection, statement, stop);
    }, stop);

    public ValueTask DropTableAsync(CancellationToken stop) => DoAsync($"dropping table '{settings.Target}'", connection => PgConnections.ExecuteAsync(connection, $"drop table {Target}", stop), stop);

    public ValueTask<bool> HasDataAsync(CancellationToken stop) => AskAsync($"looking into table '{settings.Target}'", async connection =>
    {
        await using var command = new NpgsqlCommand($"select exists (select from {Target})", connection);
        return (bool)(await command.ExecuteScalarAsync(stop))!;
    }, stop);

    public ValueTask DropDataAsync(CancellationToken stop) => DoAsync($"emptying table '{settings.Target}'", connection => PgConnections.ExecuteAsync(connection, $"truncate table {Target}", stop), stop);

    public ValueTask RunCustomAsync(CancellationToken stop) => DoAsync("running custom_sql", connection => PgConnections.ExecuteAsync(connection, settings.CustomSql!, stop), stop);

    public async ValueTask DisposeAsync()
    {
        if (_connection is null) return;
        await _connection.DisposeAsync();
        _connection = null;
    }

    private static async ValueTask<bool> HasSchemaAsync(NpgsqlConnection connection, string schema, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand("select exists (select from pg_catalog.pg_namespace where nspname = $1)", connection) { Parameters = { new() { Value = schema } } };
        return (bool)(await command.ExecuteScalarAsync(stop))!;
    }

    private ValueTask DoAsync(string doing, Func<NpgsqlConnection, ValueTask> act, CancellationToken stop) => Discard(AskAsync(doing, async connection =>
    {
        await act(connection);
        return true;
    }, stop));

    private static async ValueTask Discard(ValueTask<bool> asked) => await asked;

    private async ValueTask<T> AskAsync<T>(string doing, Func<NpgsqlConnection, ValueTask<T>> ask, CancellationToken stop)
    {
        try
        {
            return await ask(_connection ??= await PgDatabases.OpenOrCreateAsync(settings, stop));
        }
        catch (Exception fault) when (PgErrors.IsOfServer(fault))
        {
            throw PgErrors.Asking(fault, doing, settings.Block.Where);
        }
    }
}
