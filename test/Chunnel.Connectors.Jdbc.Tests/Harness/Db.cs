using System.Text;
using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.TestKit;

namespace Chunnel.Connectors.Jdbc.Tests;

/// <summary>A database of a test's own on the server that all tests share, and Jdbc on it.</summary>
internal sealed class Db : IAsyncDisposable
{
    private readonly PostgresDatabase _database;

    private Db(PostgresDatabase database) => _database = database;

    public static CancellationToken Stop => TestContext.Current.CancellationToken;

    public string Name => _database.Name;

    public string Url => _database.Url;

    public int Port => _database.Port;

    public static async Task<Db> OpenAsync(string sql = "")
    {
        if (PostgresServer.Missing is { } missing) Assert.Skip(missing);
        var server = await PostgresServer.SharedAsync(Stop);
        return await OpenAsync(server, sql);
    }

    public static async Task<Db> OpenAsync(PostgresServer server, string sql = "")
    {
        var database = new Db(await server.DatabaseAsync(Stop));
        if (sql.Length > 0) await database.RunAsync(sql);
        return database;
    }

    public Task RunAsync(string sql) => _database.RunAsync(sql, Stop);

    /// <summary>A query's rows as psql shows them, values joined by <c>|</c>.</summary>
    public Task<IReadOnlyList<string>> RowsAsync(string sql) => _database.RowsAsync(sql, Stop);

    /// <summary>Settings of a block that reaches this database, with more behind.</summary>
    public SettingsObject Settings(string more = "") => TestSettings.Of(Json(more));

    /// <summary>Settings that go by another port of this machine, without encryption.</summary>
    public SettingsObject SettingsBy(int port) =>
        TestSettings.Of(Json().Replace($":{Port}/{Name}", $":{port}/{Name}?sslmode=disable", StringComparison.Ordinal));

    public string Json(string more = "") =>
        $$"""{"url": "{{Url}}", "driver": "org.postgresql.Driver", "user": "{{PostgresServer.User}}", "password": "{{PostgresServer.Password}}"{{(more.Length > 0 ? ", " + more : "")}}}""";

    public async Task<ISource> SourceAsync(string more, JobMode mode = JobMode.Batch, Action<string>? say = null) =>
        await new JdbcSourcePlugin().CreateAsync(new SourceContext { Settings = Settings(more), Mode = mode, Say = say ?? (_ => { }) }, Stop);

    /// <summary>All rows of a source as text, values joined by <c>|</c>.</summary>
    public async Task<List<string>> ReadAsync(string more, int readers = 1)
    {
        await using var source = await SourceAsync(more);
        var rows = await new SourceDrive(source, readers, BatchMemory.Unlimited()).AllRowsAsync(Stop);
        return [.. rows.Select(row => string.Join('|', row.Row.Values.Select(Show)))];
    }

    /// <summary>Writes rows by one writer, with a save mode before and a checkpoint behind.</summary>
    public async Task WriteAsync(string more, TableSchema table, params BoxedRow[] rows)
    {
        await using var run = await SinkRun.StartAsync(this, more, table);
        await run.WriteAsync(rows);
        await run.CheckpointAsync(1);
    }

    public static TableSchema Table(string name, params (string Name, DataType Type)[] columns) =>
        new(new TablePath(null, null, name), [.. columns.Select(column => new ColumnDef(column.Name, column.Type))]);

    public static async Task<ChunnelException> RefusedAsync(Func<Task> act)
    {
        var thrown = await Should.ThrowAsync<ChunnelException>(act);
        thrown.ToString().ShouldNotContain(PostgresServer.Password);
        return thrown;
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private static string Show(object? value) => value switch
    {
        null => "NULL",
        BoxedBytes bytes => Convert.ToHexStringLower(bytes.Bytes),
        double number => JavaDouble.ToText(number),
        float number => JavaFloat.ToText(number),
        IFormattable number => number.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };
}
