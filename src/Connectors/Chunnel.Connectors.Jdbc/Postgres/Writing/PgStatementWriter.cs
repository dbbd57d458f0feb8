using System.Text;
using Chunnel.Core;
using Chunnel.Plugins;
using Npgsql;
using NpgsqlTypes;

namespace Chunnel.Connectors.Jdbc;

/// <summary>Runs the job's own statement once a row, many rows in one round trip. Values go as text, so that the server reads each as what the statement wants there.</summary>
internal sealed partial class PgStatementWriter(JdbcSinkSettings settings, PgTransactions transactions, WriterContext context, IReadOnlyList<PgWriterState> states) : IVisibleWriter
{
    private const int DefaultRows = 1000;

    private readonly List<StatementRow> _rows = [];
    private readonly ByteWriter _text = new(capacity: 1024);
    private PgSession? _session;
    private long _rowsWritten;
    private PgWriterState? _prepared;

    public bool HasHidden => _rows.Count > 0 || _session is { InTransaction: true };

    private int RowsOfFlush => settings.BatchSize ?? DefaultRows;

    public async ValueTask OpenAsync(CancellationToken stop)
    {
        if (settings.ExactlyOnce) await transactions.RollBackStraysAsync(context, states, stop);
        await ConnectAsync(stop);
    }

    public async ValueTask WriteAsync(ColumnBatch batch, CancellationToken stop)
    {
        using (batch)
        {
            for (var i = 0; i < batch.Selected; i++)
            {
                var row = batch.RowAt(i);
                try
                {
                    _rows.Add(new StatementRow([.. batch.Columns.Select((column, at) => TextOf(column, row, new PgPlace(batch.Schema, batch.Schema.Columns[at], batch.FirstRow)))], batch, row));
                }
                catch (ChunnelException wrong) when (wrong.Code.Blame == Blame.User)
                {
                    context.Refusals.Refuse(batch, row, wrong);
                    continue;
                }
                if (_rows.Count >= RowsOfFlush) await FlushAsync(stop);
            }
            if (MayRefuse) KeepRowsOf(batch);
        }
    }

    public async ValueTask ShowAsync(CancellationToken stop)
    {
        await FlushAsync(stop);
        await _session!.CommitAsync(stop);
    }

    public async ValueTask<byte[]?> PrepareCommitAsync(long checkpointId, CancellationToken stop)
    {
        await FlushAsync(stop);
        _prepared = null;
        if (_session is not { InTransaction: true } session) return null;
        try
        {
            if (!settings.ExactlyOnce)
            {
                await session.CommitAsync(stop);
                return null;
            }
            var gid = transactions.NameOf(context, checkpointId);
            // Known before it is done: when no answer comes, it may be there all the same.
            _prepared = new PgWriterState(checkpointId, gid);
            await session.PrepareAsync(gid, stop);
            return _prepared.ToBytes();
        }
        catch (Exception fault) when (PgErrors.IsOfServer(fault))
        {
            throw Failed(fault);
        }
    }

    public ValueTask<IReadOnlyList<byte[]>> SnapshotAsync(long checkpointId, CancellationToken stop) =>
        new(settings.ExactlyOnce ? [(_prepared ?? new PgWriterState(checkpointId, null)).ToBytes()] : []);

    public async ValueTask AbortPrepareAsync(long checkpointId, CancellationToken stop)
    {
        if (_prepared is not { Gid: { } gid } prepared || prepared.CheckpointId != checkpointId) return;
        _prepared = null;
        await transactions.RollBackAsync([gid], stop);
    }

    public async ValueTask DisposeAsync()
    {
        LetGoOfRows();
        await DisconnectAsync();
    }

    private async ValueTask DisconnectAsync()
    {
        if (_session is not { } session) return;
        _session = null;
        await session.DisposeAsync();
    }

    private async ValueTask ConnectAsync(CancellationToken stop)
    {
        _session = new PgSession(await PgConnections.OpenAsync(settings.Connection, settings.Database, stop));
        await _session.LimitStatementsAsync(settings.StatementSeconds, stop);
        _deferred = MayRefuse ? await PgDeferred.FindAsync(_session.Connection, stop) : null;
    }

    private async ValueTask FlushAsync(CancellationToken stop)
    {
        if (_rows.Count == 0) return;
        // Where a transaction holds flushes before this one, they would be lost with the connection.
        var retries = settings.AutoCommit && !settings.ExactlyOnce ? settings.MaxRetries : 0;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                if (_session is null) await ConnectAsync(stop);
                await RunAsync(stop);
                break;
            }
            catch (Exception fault) when (PgErrors.IsOfServer(fault))
            {
                if (attempt > retries || !PgErrors.IsTransient(fault)) throw Failed(fault);
                context.Warn($"Jdbc: the query failed and is tried again ({attempt} of {retries}): {PgErrors.Said(fault)}");
            }
            catch (ChunnelException fault) when (fault.Code.Retry == Retry.Later && attempt <= retries)
            {
                context.Warn($"Jdbc: the database cannot be reached and is tried again ({attempt} of {retries}): {fault.What}");
            }
            await Task.Delay(TimeSpan.FromSeconds(attempt), context.Clock, stop);
            await DisconnectAsync();
        }
        _rowsWritten += _rows.Count - _refused.Count;
        TellRefused();
        _rows.Clear();
        LetGoOfRows();
    }

    private async ValueTask RunAsync(CancellationToken stop)
    {
        await _session!.BeginAsync(stop);
        if (MayRefuse) await RunWhatIsTakenAsync(stop);
        else await RunAsync(_rows, stop);
        if (settings.AutoCommit && !settings.ExactlyOnce) await _session.CommitAsync(stop);
    }

    private async ValueTask RunAsync(List<StatementRow> rows, CancellationToken stop)
    {
        await using (var batch = new NpgsqlBatch(_session!.Connection))
        {
            foreach (var row in rows)
            {
                var command = new NpgsqlBatchCommand(settings.Statement!);
                foreach (var value in row.Values) command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Unknown, Value = (object?)value ?? DBNull.Value });
                batch.BatchCommands.Add(command);
            }
            await batch.ExecuteNonQueryAsync(stop);
        }
    }

    private string? TextOf(Column column, int row, in PgPlace place)
    {
        if (column.IsNull(row)) return null;
        _text.Clear();
        PgValueText.Append(_text, column, row);
        if (!_text.Written.Contains((byte)0)) return Encoding.UTF8.GetString(_text.Written);
        if (!settings.RemovesNul) throw place.Wrong("the text has the character U+0000, which PostgreSQL's text cannot hold", "Take it out with a transform, or set nul_character = \"REMOVE\".", row);
        return Encoding.UTF8.GetString(_text.Written).Replace("\0", "", StringComparison.Ordinal);
    }

    private ChunnelException Failed(Exception fault) =>
        new(PgErrors.IsTransient(fault) ? JdbcErrors.FlushFailedNow : JdbcErrors.FlushFailed, FormattableString.Invariant($"Writing records to JDBC failed. 'query', rows {_rowsWritten + 1:N0} to {_rowsWritten + _rows.Count:N0} of this writer: {PgErrors.Said(fault)}"), fault)
        {
            Where = JdbcSinkOptions.Query.Find(settings.Block)?.Value.Where ?? settings.Block.Where,
            Mend = PgErrors.MendOf(fault),
        };
}
