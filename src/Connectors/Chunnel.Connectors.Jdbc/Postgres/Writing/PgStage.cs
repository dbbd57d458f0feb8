using Npgsql;

namespace Chunnel.Connectors.Jdbc;

/// <summary>
/// The staging table of one writer: temporary and emptied by each commit; or, where transactions are prepared, which must not have touched
/// a temporary table, a plain one that the same transaction creates and drops, so that nobody ever sees it.
/// </summary>
internal sealed class PgStage(PgTarget target, bool isPrepared, string suffix)
{
    private bool _exists;
    private bool _used;

    /// <summary>The table as SQL names it.</summary>
    public string Name { get; } = isPrepared ? $"{target.Table[..^1]}_chunnel_{suffix}\"" : "pg_temp.chunnel_stage";

    /// <summary>What COPY fills.</summary>
    public string CopyTarget(bool withKinds) => $"{Name} ({target.Names}{(withKinds ? $", {PgMerge.Kind}" : "")})";

    /// <summary>Makes sure that it is there and empty, within a transaction.</summary>
    public async ValueTask PrepareAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        if (!_exists) await CreateAsync(connection, stop);
        else if (_used) await PgConnections.ExecuteAsync(connection, $"truncate {Name}", stop);
        _used = true;
    }

    /// <summary>Creates it; a temporary one lives as long as the connection.</summary>
    public async ValueTask CreateAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        var columns = string.Join(", ", target.Staged.Select(column => $"{PgText.Quote(column.Name)} {column.Shown}"));
        var kind = $"{PgMerge.Kind} smallint not null default 0";
        await PgConnections.ExecuteAsync(connection, isPrepared ? $"create unlogged table {Name} ({columns}, {kind})" : $"create temp table chunnel_stage ({columns}, {kind}) on commit delete rows", stop);
        _exists = true;
        _used = false;
    }

    /// <summary>Before a transaction is prepared: leaves nothing.</summary>
    public async ValueTask DropAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        if (!_exists || !isPrepared) return;
        await PgConnections.ExecuteAsync(connection, $"drop table {Name}", stop);
        _exists = false;
    }

    /// <summary>The transaction has ended, and with it the rows of a temporary table.</summary>
    public void TransactionEnded() => _used = false;
}
