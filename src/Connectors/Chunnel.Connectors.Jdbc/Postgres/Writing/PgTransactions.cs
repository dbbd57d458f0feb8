using System.Globalization;
using Chunnel.Core;
using Chunnel.Plugins;
using Npgsql;

namespace Chunnel.Connectors.Jdbc;

/// <summary>
/// The prepared transactions of one sink: their names carry job, table, subtask and checkpoint, so that what a dead attempt left can be
/// told from what a checkpoint counts on.
/// </summary>
internal sealed class PgTransactions(JdbcSinkSettings settings, string jobId)
{
    /// <summary>There is no such transaction: it is committed, or rolled back, already.</summary>
    private const string Unknown = "42704";

    private readonly string _prefix = $"chunnel_{jobId}_{HashOf($"{settings.Connection}|{settings.Database}|{settings.Target}")}_";

    public string NameOf(WriterContext context, long checkpointId) =>
        string.Create(CultureInfo.InvariantCulture, $"{_prefix}{context.Subtask}_{checkpointId}_{Guid.NewGuid():N}");

    /// <summary>Rolls back what attempts before left prepared and no checkpoint counts on.</summary>
    public async ValueTask RollBackStraysAsync(WriterContext context, IReadOnlyList<PgWriterState> states, CancellationToken stop)
    {
        var restored = states.Count == 0 ? 0 : states.Max(state => state.CheckpointId);
        var kept = states.Select(state => state.Gid).ToHashSet();
        await using var connection = await PgConnections.OpenAsync(settings.Connection, settings.Database, stop);
        await MustBeOnAsync(connection, stop);
        var found = new List<string>();
        await using (var command = new NpgsqlCommand("select gid from pg_catalog.pg_prepared_xacts where database = current_database() and starts_with(gid, $1)", connection) { Parameters = { new() { Value = _prefix } } })
        await using (var reader = await command.ExecuteReaderAsync(stop))
        {
            while (await reader.ReadAsync(stop)) found.Add(reader.GetString(0));
        }
        foreach (var gid in found.Where(gid => !kept.Contains(gid)))
        {
            var parts = gid[_prefix.Length..].Split('_');
            var subtask = int.Parse(parts[0], CultureInfo.InvariantCulture);
            var checkpoint = long.Parse(parts[1], CultureInfo.InvariantCulture);
            // What a checkpoint up to the restored one prepared is committed by it, whoever wrote it.
            if (subtask % context.Parallelism != context.Subtask || checkpoint <= restored) continue;
            await EndAsync(connection, "rollback", gid, stop);
        }
    }

    /// <summary>Commits; one that is committed already counts as done.</summary>
    public async ValueTask CommitAsync(IReadOnlyList<string> gids, CancellationToken stop)
    {
        var left = gids;
        for (var attempt = 1; left.Count > 0; attempt++)
        {
            var failed = new List<string>();
            Exception? last = null;
            try
            {
                await using var connection = await PgConnections.OpenAsync(settings.Connection, settings.Database, stop);
                foreach (var gid in left)
                {
                    try
                    {
                        await EndAsync(connection, "commit", gid, stop);
                    }
                    catch (Exception fault) when (PgErrors.IsOfServer(fault))
                    {
                        (last, failed) = (fault, [.. failed, gid]);
                    }
                }
            }
            catch (ChunnelException fault) when (fault.Code.Retry == Retry.Later)
            {
                (last, failed) = (fault, [.. left]);
            }
            if (failed.Count > 0 && attempt >= settings.MaxCommitAttempts) throw Failed(last!, "committing", failed[0]);
            left = failed;
        }
    }

    public async ValueTask RollBackAsync(IReadOnlyList<string> gids, CancellationToken stop)
    {
        await using var connection = await PgConnections.OpenAsync(settings.Connection, settings.Database, stop);
        foreach (var gid in gids) await EndAsync(connection, "rollback", gid, stop);
    }

    public static ChunnelException Failed(Exception fault, string doing, string gid) =>
        new(JdbcErrors.XaFailed, $"{doing} transaction '{gid}': {PgErrors.Said(fault)}", fault)
        {
            Mend = fault is PostgresException { SqlState: "55000" } or PostgresException { SqlState: "53200" or "53400" } ? "Raise max_prepared_transactions on the server: each writer has one open per checkpoint, and it must be above 0." : PgErrors.MendOf(fault),
        };

    private static async ValueTask EndAsync(NpgsqlConnection connection, string how, string gid, CancellationToken stop)
    {
        try
        {
            await PgConnections.ExecuteAsync(connection, $"{how} prepared {PgText.Literal(gid)}", stop);
        }
        catch (PostgresException done) when (done.SqlState == Unknown)
        {
            // Done before: a commit may come twice.
        }
    }

    private async ValueTask MustBeOnAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand("select current_setting('max_prepared_transactions')::int", connection);
        if ((int)(await command.ExecuteScalarAsync(stop))! > 0) return;
        throw new ChunnelException(JdbcErrors.XaFailed with { Blame = Blame.User, Retry = Retry.Never }, $"is_exactly_once needs prepared transactions, and {settings.Connection} has them switched off (max_prepared_transactions = 0).")
        {
            Where = settings.Block.Where,
            Mend = "Set max_prepared_transactions in postgresql.conf to at least twice the number of writers and restart the server, or set is_exactly_once = false.",
        };
    }

    /// <summary>Short, and the same in every process.</summary>
    private static string HashOf(string text) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)))[..12];
}
