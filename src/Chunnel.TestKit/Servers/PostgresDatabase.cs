using System.Globalization;

namespace Chunnel.TestKit;

/// <summary>A database of a test's own on a <see cref="PostgresServer"/>.</summary>
public sealed class PostgresDatabase(PostgresServer server, string name) : IAsyncDisposable
{
    public string Name => name;

    public int Port => server.Port;

    /// <summary>The address as a job file writes it.</summary>
    public string Url => $"jdbc:postgresql://127.0.0.1:{Port.ToString(CultureInfo.InvariantCulture)}/{name}";

    /// <summary>Runs SQL.</summary>
    public Task RunAsync(string sql, CancellationToken stop) => server.RunAsync(name, sql, stop);

    /// <summary>The rows of a query as psql shows them: a line each, values joined by <c>|</c>.</summary>
    public async Task<IReadOnlyList<string>> RowsAsync(string sql, CancellationToken stop) =>
        (await server.RunAsync(name, sql, stop, "|")).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public async ValueTask DisposeAsync() => await server.RunAsync("postgres", $"drop database if exists \"{name}\" with (force)", CancellationToken.None);
}
