using System.Globalization;
using Npgsql;

namespace Chunnel.Connectors.Jdbc;

/// <summary>A writer's connection and its transaction.</summary>
internal sealed class PgSession(NpgsqlConnection connection) : IAsyncDisposable
{
    private const string Mark = "chunnel_mark";

    public NpgsqlConnection Connection => connection;

    public bool InTransaction { get; private set; }

    public ValueTask ExecuteAsync(string sql, CancellationToken stop) => PgConnections.ExecuteAsync(connection, sql, stop);

    public async ValueTask BeginAsync(CancellationToken stop)
    {
        if (InTransaction) return;
        await ExecuteAsync("begin", stop);
        InTransaction = true;
    }

    public async ValueTask CommitAsync(CancellationToken stop)
    {
        if (!InTransaction) return;
        InTransaction = false;
        await ExecuteAsync("commit", stop);
    }

    /// <summary>Marks a place to come back to when what follows does not work.</summary>
    public ValueTask MarkAsync(CancellationToken stop) => ExecuteAsync($"savepoint {Mark}", stop);

    public ValueTask BackToMarkAsync(CancellationToken stop) => ExecuteAsync($"rollback to savepoint {Mark}; release savepoint {Mark}", stop);

    public ValueTask ForgetMarkAsync(CancellationToken stop) => ExecuteAsync($"release savepoint {Mark}", stop);

    /// <summary>Makes the transaction durable under a name, not visible.</summary>
    public async ValueTask PrepareAsync(string gid, CancellationToken stop)
    {
        InTransaction = false;
        await ExecuteAsync($"prepare transaction {PgText.Literal(gid)}", stop);
    }

    public ValueTask LimitStatementsAsync(int seconds, CancellationToken stop) =>
        seconds > 0 ? ExecuteAsync(string.Create(CultureInfo.InvariantCulture, $"set statement_timeout = '{seconds}s'"), stop) : ValueTask.CompletedTask;

    /// <summary>The server rolls back what is not committed.</summary>
    public ValueTask DisposeAsync() => connection.DisposeAsync();
}
