using Chunnel.Core;
using Chunnel.Plugins;
using Npgsql;

namespace Chunnel.Connectors.Jdbc;

/// <summary>
/// The prepared transactions of one sink. What a dead attempt left is rolled back twice over: when the next one starts, as far as no checkpoint
/// can count on it; and with each commit, for then all that an older attempt prepared and a checkpoint counts on has been committed, when
/// the attempt that commits now was restored. A server that was still busy preparing when its client died shows it only later.
/// </summary>
internal sealed class PgTransactions(JdbcSinkSettings settings, string jobId)
{
    /// <summary>There is no such transaction: it is committed, or rolled back, already.</summary>
    private const string Unknown = "42704";

    public string NameOf(WriterContext context, long checkpointId) =>
        new PgTransactionName(PgTransactionName.FamilyOf(settings, jobId, context), context.Subtask, checkpointId, context.Attempt, Guid.NewGuid().ToString("N")).ToString();

    /// <summary>Rolls back what attempts before left prepared and no checkpoint counts on.</summary>
    public async ValueTask RollBackStraysAsync(WriterContext context, IReadOnlyList<PgWriterState> states, CancellationToken stop)
    {
        var kept = states.Select(state => state.Gid).ToHashSet();
        await using var connection = await PgConnections.OpenAsync(settings.Connection, settings.Database, stop);
        await MustBeOnAsync(connection, stop);
        foreach (var found in await FindAsync(connection, PgTransactionName.FamilyOf(settings, jobId, context), stop))
        {
            // What a checkpoint up to the restored one prepared is committed by it, whoever wrote it.
            if (found.Subtask % context.Parallelism != context.Subtask || found.Checkpoint <= context.RestoredCheckpoint || kept.Contains(found.ToString())) continue;
            await EndAsync(connection, "rollback", found.ToString(), stop);
        }
    }

    /// <summary>Commits what a checkpoint of this attempt covers, and rolls back what older attempts left.</summary>
    public async ValueTask CommitAsync(IReadOnlyList<string> gids, CancellationToken stop)
    {
        await CommitAllAsync(gids, stop);
        if (gids.Select(PgTransactionName.Parse).OfType<PgTransactionName>().MaxBy(name => name.Attempt) is not { } mine) return;
        try
        {
            await using var connection = await PgConnections.OpenAsync(settings.Connection, settings.Database, stop);
            foreach (var left in (await FindAsync(connection, mine.Family, stop)).Where(left => left.Attempt < mine.Attempt)) await EndAsync(connection, "rollback", left.ToString(), stop);
        }
        catch (Exception fault) when (fault is ChunnelException || PgErrors.IsOfServer(fault))
        {
            // The rows are in. The next commit clears up.
        }
    }

    /// <summary>Commits once more what an older attempt may or may not have committed.</summary>
    public ValueTask RestoreCommitAsync(IReadOnlyList<string> gids, CancellationToken stop) => CommitAllAsync(gids, stop);

    public async ValueTask RollBackAsync(IReadOnlyList<string> gids, CancellationToken stop)
    {
        await using var connection = await PgConnections.OpenAsync(settings.Connection, settings.Database, stop);
        foreach (var gid in gids) await EndAsync(connection, "rollback", gid, stop);
    }

    public static ChunnelException Failed(Exception fault, string doing, string gid) =>
        new(fault is PostgresException row && PgErrors.IsOfRow(row) ? JdbcErrors.XaRefused : JdbcErrors.XaFailed, $"{doing} transaction '{gid}': {PgErrors.Said(fault)}", fault)
        {
            Mend = fault is PostgresException { SqlState: "55000" } or PostgresException { SqlState: "53200" or "53400" } ? "Raise max_prepared_transactions on the server: each writer has one open per checkpoint, and it must be above 0." : PgErrors.MendOf(fault),
        };

    /// <summary>One that is committed already counts as done.</summary>
    private async ValueTask CommitAllAsync(IReadOnlyList<string> gids, CancellationToken stop)
    {
        var done = 0;
        for (var attempt = 1; done < gids.Count; attempt++)
        {
            try
            {
                await using var connection = await PgConnections.OpenAsync(settings.Connection, settings.Database, stop);
                for (; done < gids.Count; done++) await EndAsync(connection, "commit", gids[done], stop);
            }
            catch (ChunnelException fault) when (fault.Code.Retry == Retry.Later && attempt < settings.MaxCommitAttempts)
            {
                // Once more, on a new connection.
            }
            catch (Exception fault) when (PgErrors.IsOfServer(fault))
            {
                if (attempt >= settings.MaxCommitAttempts) throw Failed(fault, "committing", gids[done]);
            }
        }
    }

    /// <summary>The prepared transactions of a family.</summary>
    private static async ValueTask<IReadOnlyList<PgTransactionName>> FindAsync(NpgsqlConnection connection, string family, CancellationToken stop)
    {
        var found = new List<PgTransactionName>();
        await using var command = new NpgsqlCommand("select gid from pg_catalog.pg_prepared_xacts where database = current_database() and starts_with(gid, $1)", connection) { Parameters = { new() { Value = family + "_" } } };
        await using var reader = await command.ExecuteReaderAsync(stop);
        while (await reader.ReadAsync(stop))
        {
            if (PgTransactionName.Parse(reader.GetString(0)) is { } name) found.Add(name);
        }
        return found;
    }

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
}
