using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Connectors.Jdbc;

/// <summary>
/// Writes the rows of one subtask in flushes, each a COPY: straight into the table, or by way of a staging table where rows with one key
/// become one, kinds are carried out, or the server must convert. Plain inserts are one transaction up to the checkpoint.
/// </summary>
internal sealed partial class PgWriter(JdbcSinkSettings settings, TableSchema table, PgTransactions transactions, WriterContext context, IReadOnlyList<PgWriterState> states) : IVisibleWriter
{
    /// <summary>Rows go to the server in pieces of about this size.</summary>
    private const int SendBytes = 128 << 10;

    /// <summary>A flush whose rows are kept to be written again ends here: with each end the server stands still for some milliseconds.</summary>
    private const int MostKeptBytes = 8 << 20;

    /// <summary>One that is merged from the staging table ends here, since a barrier may have to wait for that; and one whose refused rows are looked for by writing parts of it again.</summary>
    private const int MostWorkedBytes = 2 << 20;

    /// <summary>Room for the batch that fills it.</summary>
    private const int KeptRoom = 1 << 20;

    /// <summary>One that need not ends here, so that the server's verdict is heard before too much is sent.</summary>
    private const long MostCopyBytes = 64L << 20;

    private readonly Strictness _strictness = new(settings.OutOfRange, settings.PrecisionLoss, settings.RemovesNul);
    private readonly ByteWriter _rows = new(KeepsRows(settings) ? MostKeptBytes + KeptRoom : SendBytes);
    private readonly string _suffix = Guid.NewGuid().ToString("N")[..8];
    private PgSession? _session;
    private PgTarget? _target;
    private PgRowEncoder? _encoder;
    private PgStage? _stage;
    private PgCopyIn? _copy;
    private TableSchema _incoming = table;
    private TableSchema? _lookedAt;
    private bool _takesAsTheyCame;
    private bool _toStage;
    private bool _hasKinds;
    private bool _mayBeNew = true;
    private bool _isUnique;
    private int _sent;
    private long _rowsOfFlush;
    private long _rowsWritten;
    private RowKind _lastKind;
    private PgWriterState? _prepared;

    public bool HasHidden => _rowsOfFlush > 0 || _session is { InTransaction: true };

    /// <summary>Rows are kept until they are in the table: to be tried again, or to go by the staging table after all.</summary>
    private bool Keeps => KeepsRows(settings) || MayRefuse;

    private bool CommitsFlushes => settings.AutoCommit && !settings.ExactlyOnce && KeepsRows(settings);

    /// <summary>The second half of an update is still to come; one whose rows are very many waits for nothing.</summary>
    private bool AwaitsHalf => _hasKinds && _lastKind == RowKind.UpdateBefore && _rows.Length < 2 * MostKeptBytes;

    /// <summary>A COPY into the table is all of the flush, and a transaction by itself: nothing is said to the server before it or after it.</summary>
    private bool IsCopyOnly => CommitsFlushes && !MayRefuse && !_toStage;

    /// <summary>A flush stands behind a mark, where it may have to be taken back.</summary>
    private bool IsMarked => !IsCopyOnly && (MayRefuse || (settings.Way == WriteWay.Merge && !_toStage));

    /// <summary>Inserts that are likely new go straight into the table, until one was not.</summary>
    private bool MayTryDirect => _isUnique && !PgMerge.IsLow(settings) && _mayBeNew && _target!.IsDirect;

    public async ValueTask OpenAsync(CancellationToken stop)
    {
        if (settings.ExactlyOnce) await transactions.RollBackStraysAsync(context, states, stop);
        await ConnectAsync(stop);
    }

    public async ValueTask WriteAsync(ColumnBatch batch, CancellationToken stop)
    {
        using (batch)
        {
            stop.ThrowIfCancellationRequested();
            if (!ReferenceEquals(batch.Schema, _incoming) && !batch.Schema.HasSameRows(_incoming)) await AdoptAsync(batch.Schema, stop);
            if (batch.Selected == 0) return;
            var kinds = settings.Way == WriteWay.Merge && HasKinds(batch);
            if (_rowsOfFlush > 0 && NeedsAnother(kinds)) await FlushAsync(stop);
            if (_rowsOfFlush == 0) Choose(kinds);
            if (!Keeps && AsTheyCame(batch) is { Bytes: >= SendBytes / 2 } rows)
            {
                _rowsOfFlush += rows.Rows;
                await GuardedAsync(stopped => SendAsync(rows, stopped), stop);
            }
            else
            {
                _rowsOfFlush += MayRefuse ? EncodeWhatFits(batch) : Encode(batch);
            }
            _lastKind = batch.KindAt(batch.RowAt(batch.Selected - 1));
            if (IsFull()) await FlushAsync(stop);
            else if (_rows.Length - _sent >= SendBytes) await GuardedAsync(SendAsync, stop);
        }
    }

    public async ValueTask ShowAsync(CancellationToken stop)
    {
        if (_rowsOfFlush > 0 && AwaitsHalf) return;
        await FlushAsync(stop);
        await SettleWaitingAsync(stop);
        await GuardedAsync(CommitAsync, stop);
    }

    public async ValueTask<byte[]?> PrepareCommitAsync(long checkpointId, CancellationToken stop)
    {
        await FlushAsync(stop);
        await SettleWaitingAsync(stop);
        TellOfChanges();
        if (!settings.ExactlyOnce)
        {
            await GuardedAsync(CommitAsync, stop);
            return null;
        }
        _prepared = null;
        if (_session is not { InTransaction: true } session) return null;
        var gid = transactions.NameOf(context, checkpointId);
        // Known before it is done: when no answer comes, it may be there all the same.
        _prepared = new PgWriterState(checkpointId, gid);
        try
        {
            await _stage!.DropAsync(session.Connection, stop);
            await session.PrepareAsync(gid, stop);
        }
        catch (Exception fault) when (PgErrors.IsOfServer(fault))
        {
            throw PgTransactions.Failed(fault, "preparing", gid);
        }
        _stage.TransactionEnded();
        return _prepared.ToBytes();
    }

    public ValueTask<IReadOnlyList<byte[]>> SnapshotAsync(long checkpointId, CancellationToken stop) =>
        new(settings.ExactlyOnce ? [(_prepared ?? new PgWriterState(checkpointId, null)).ToBytes()] : []);

    public async ValueTask AbortPrepareAsync(long checkpointId, CancellationToken stop)
    {
        if (_prepared is not { Gid: { } gid } prepared || prepared.CheckpointId != checkpointId) return;
        _prepared = null;
        await transactions.RollBackAsync([gid], stop);
    }

    public async ValueTask ApplyAsync(SchemaChange change, CancellationToken stop)
    {
        await FlushAsync(stop);
        await SettleWaitingAsync(stop);
        if (settings.ExactlyOnce) await _stage!.DropAsync(_session!.Connection, stop);
        else await GuardedAsync(CommitAsync, stop);
        await new PgSchemaChanges(_session!, _target!, settings, context.Warn).ApplyAsync(change, stop);
        if (change.After is { } after) await AdoptAsync(after, stop);
    }

    public async ValueTask DisposeAsync()
    {
        _kept.Dispose();
        _waiting.Dispose();
        await EndCopyAsync();
        if (_session is { } session)
        {
            _session = null;
            await session.DisposeAsync();
        }
    }

    private async ValueTask ConnectAsync(CancellationToken stop)
    {
        var session = new PgSession(await PgConnections.OpenToWriteAsync(settings.Connection, settings.Database, stop));
        _session = session;
        try
        {
            await session.LimitStatementsAsync(settings.StatementSeconds, stop);
            await LookAsync(session, stop);
            // The temporary table outlives transactions: it is made in one of its own.
            if (!settings.ExactlyOnce && (settings.Way == WriteWay.Merge || !_target!.IsDirect)) await _stage!.CreateAsync(session.Connection, stop);
        }
        catch (Exception fault) when (PgErrors.IsOfServer(fault))
        {
            throw PgErrors.Asking(fault, $"looking at table '{settings.Target}'", settings.Block.Where);
        }
    }

    /// <summary>Learns what the table looks like now.</summary>
    private async ValueTask LookAsync(PgSession session, CancellationToken stop)
    {
        _target = await PgTarget.FindAsync(session.Connection, settings, _incoming, _strictness, stop);
        _lookedAt = null;
        _encoder = new PgRowEncoder(_incoming.TableId, _target.Encoders);
        _stage = new PgStage(_target, settings.ExactlyOnce, _suffix);
        _deferred = MayRefuse ? await PgDeferred.FindAsync(session.Connection, stop) : null;
        _isUnique = settings.Way == WriteWay.Merge && await PgTarget.IsUniqueAsync(session.Connection, _target.Table, settings.Keys, stop);
        if (settings is { Way: WriteWay.Merge, Upserts: true, InsertOnly: false } && !PgMerge.IsLow(settings) && !_isUnique) throw NotUnique();
    }

    /// <summary>A flush that holds inserts only takes no other kinds, and one that tries the table itself ends when the staging table is wanted.</summary>
    private bool NeedsAnother(bool kinds) => kinds && !_hasKinds;

    private void Choose(bool kinds)
    {
        _hasKinds = kinds;
        _toStage = !_target!.IsDirect || settings.Way == WriteWay.Merge && (_hasKinds || !MayTryDirect);
    }

    private int Encode(ColumnBatch batch)
    {
        if (AsTheyCame(batch) is { } rows) _rows.Append(rows.Span);
        else _encoder!.Encode(batch, _hasKinds, _rows);
        return batch.Selected;
    }

    private PgWireRows? AsTheyCame(ColumnBatch batch) => !_hasKinds && batch.Wire is PgWireRows rows && TakesAsTheyCame(batch.Schema) ? rows : null;

    private bool TakesAsTheyCame(TableSchema schema)
    {
        if (!ReferenceEquals(_lookedAt, schema)) (_lookedAt, _takesAsTheyCame) = (schema, _target!.TakesAsTheyCame(schema));
        return _takesAsTheyCame;
    }

    private bool IsFull()
    {
        // An update's two halves stay together, or readers would see the row vanish for a moment.
        if (AwaitsHalf) return false;
        if (!Keeps) return _copy?.Bytes >= MostCopyBytes;
        if (MayRefuse && _kept.IsFull(2 * MostWorkedBytes)) return true;
        return settings.BatchSize is { } rows ? _rowsOfFlush >= rows : _rows.Length >= (MayRefuse || _toStage ? MostWorkedBytes : MostKeptBytes);
    }

    private async ValueTask FlushAsync(CancellationToken stop)
    {
        if (_rowsOfFlush == 0) return;
        await GuardedAsync(FlushOnceAsync, stop);
        _rowsWritten += _rowsOfFlush;
        if (MayRefuse) TellRefused();
        _rowsOfFlush = 0;
        _sent = 0;
        _rows.Clear();
    }

    private async ValueTask FlushOnceAsync(CancellationToken stop)
    {
        if (MayRefuse) await FlushWhatIsTakenAsync(stop);
        else await FlushWholeAsync(stop);
        if (CommitsFlushes) await CommitAsync(stop);
    }

    private async ValueTask FlushWholeAsync(CancellationToken stop)
    {
        await SendAsync(stop);
        try
        {
            await _copy!.CompleteAsync(stop);
            _copy = null;
        }
        catch (Npgsql.PostgresException taken) when (taken.SqlState == Npgsql.PostgresErrorCodes.UniqueViolation && settings.Way == WriteWay.Merge && !_toStage)
        {
            // A key is there already: these rows, and those to come, go by the staging table.
            _copy = null;
            if (IsMarked) await _session!.BackToMarkAsync(stop);
            _mayBeNew = false;
            _toStage = true;
            _sent = 0;
            await SendAsync(stop);
            await _copy!.CompleteAsync(stop);
            _copy = null;
        }
        if (_toStage)
        {
            var statements = settings.Way == WriteWay.Merge ? PgMerge.Merge(_target!, _stage!.Name, settings, _hasKinds) : PgMerge.Insert(_target!, _stage!.Name);
            foreach (var statement in statements) await _session!.ExecuteAsync(statement, stop);
        }
        await CheckDeferredAsync(stop);
        if (IsMarked) await _session!.ForgetMarkAsync(stop);
    }

    /// <summary>Sends what is encoded and not sent yet, beginning the COPY where there is none.</summary>
    private async ValueTask SendAsync(CancellationToken stop)
    {
        if (_copy is null)
        {
            if (!IsCopyOnly) await _session!.BeginAsync(stop);
            if (_toStage) await _stage!.PrepareAsync(_session!.Connection, stop);
            if (IsMarked) await _session!.MarkAsync(stop);
            _copy = await PgCopyIn.BeginAsync(_session!.Connection, _toStage ? _stage!.CopyTarget(_hasKinds) : _target!.CopyTarget, stop);
        }
        if (_sent < _rows.Length) await _copy.SendAsync(_rows.WrittenMemory[_sent..], stop);
        if (Keeps)
        {
            _sent = _rows.Length;
            return;
        }
        _rows.Clear();
        _sent = 0;
    }

    /// <summary>Sends rows from where they lie, behind those that are encoded.</summary>
    private async ValueTask SendAsync(PgWireRows rows, CancellationToken stop)
    {
        await SendAsync(stop);
        await _copy!.SendAsync(rows.Memory, stop);
    }

    private async ValueTask CommitAsync(CancellationToken stop)
    {
        await _session!.CommitAsync(stop);
        _stage!.TransactionEnded();
    }

    /// <summary>
    /// Does it; what may go better on a new connection is tried again as often as the job allows, with all rows of the flush. Where a
    /// transaction holds flushes before this one, they would be lost: then the job goes on from its checkpoint.
    /// </summary>
    private async ValueTask GuardedAsync(Func<CancellationToken, ValueTask> act, CancellationToken stop)
    {
        var retries = CommitsFlushes ? settings.MaxRetries : 0;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                if (_session is null) await ConnectAsync(stop);
                await act(stop);
                return;
            }
            catch (Exception fault) when (PgErrors.IsOfServer(fault))
            {
                if (attempt > retries || !PgErrors.IsTransient(fault)) throw Failed(fault);
                context.Warn($"Jdbc: writing to '{settings.Target}' failed and is tried again ({attempt} of {retries}): {PgErrors.Said(fault)}");
            }
            catch (ChunnelException fault) when (fault.Code.Retry == Retry.Later && attempt <= retries)
            {
                context.Warn($"Jdbc: '{settings.Target}' cannot be reached and is tried again ({attempt} of {retries}): {fault.What}");
            }
            await Task.Delay(TimeSpan.FromSeconds(attempt), context.Clock, stop);
            await LetGoAsync();
        }
    }

    /// <summary>Gives the connection up; the rows of the flush are kept, and none of them counts as sent.</summary>
    private async ValueTask LetGoAsync()
    {
        await EndCopyAsync();
        if (_session is { } session) await session.DisposeAsync();
        _session = null;
        _sent = 0;
    }

    private async ValueTask EndCopyAsync()
    {
        if (_copy is not { } copy) return;
        _copy = null;
        await copy.DisposeAsync();
    }

    /// <summary>The table that comes in has changed.</summary>
    private async ValueTask AdoptAsync(TableSchema schema, CancellationToken stop)
    {
        await FlushAsync(stop);
        await SettleWaitingAsync(stop);
        _incoming = schema;
        if (settings.Generates) settings = settings with { Columns = [.. schema.Columns.Select(column => settings.Cased(column.Name))] };
        if (settings.ExactlyOnce)
        {
            // The transaction goes on: what it wrote and altered belongs to one checkpoint.
            await _stage!.DropAsync(_session!.Connection, stop);
            await LookAsync(_session, stop);
            return;
        }
        await GuardedAsync(CommitAsync, stop);
        await _session!.DisposeAsync();
        await ConnectAsync(stop);
    }

    private void TellOfChanges()
    {
        if (_strictness.Rounded > 0) context.Warn($"Jdbc: {_strictness.Rounded:N0} values lost digits that table '{settings.Target}' does not keep (precision_loss = \"fail\" refuses them).");
        if (_strictness.Changed > 0) context.Warn($"Jdbc: {_strictness.Changed:N0} values had no place in table '{settings.Target}' and were clamped or made null, as out_of_range says.");
        if (_strictness.Stripped > 0) context.Warn($"Jdbc: {_strictness.Stripped:N0} texts for table '{settings.Target}' lost the character U+0000, as nul_character says.");
        (_strictness.Rounded, _strictness.Changed, _strictness.Stripped) = (0, 0, 0);
    }

    private ChunnelException Failed(Exception fault)
    {
        var rows = _rowsOfFlush > 1 ? FormattableString.Invariant($" (rows {_rowsWritten + 1:N0} to {_rowsWritten + _rowsOfFlush:N0} of this writer)") : "";
        return new ChunnelException(PgErrors.IsTransient(fault) ? JdbcErrors.FlushFailedNow : JdbcErrors.FlushFailed, $"Writing records to JDBC failed. Table '{settings.Target}'{rows}: {PgErrors.Said(fault)}", fault)
        {
            Where = settings.Block.Where,
            Mend = PgErrors.MendOf(fault),
        };
    }

    private ChunnelException NotUnique() => new(JdbcErrors.SqlFailed, $"Rows are to replace others by {string.Join(", ", settings.Keys.Select(key => $"'{key}'"))}, but table '{settings.Target}' has no primary key or unique constraint on exactly these columns.")
    {
        Where = settings.Block.Where,
        Mend = "Create one, correct 'primary_keys', or set enable_upsert = false.",
    };

    private static bool KeepsRows(JdbcSinkSettings settings) => settings.Way == WriteWay.Merge || settings.MaxRetries > 0;

    private static bool HasKinds(ColumnBatch batch)
    {
        if (batch.Kinds.IsEmpty) return false;
        for (var i = 0; i < batch.Selected; i++)
        {
            if (batch.KindAt(batch.RowAt(i)) != RowKind.Insert) return true;
        }
        return false;
    }
}
