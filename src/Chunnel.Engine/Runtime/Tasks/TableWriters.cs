using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Engine;

/// <summary>The writers of one sink in one subtask, one a table: SeaTunnel's multi-table sink. A batch carries one table, so routing is one look-up a batch.</summary>
/// <param name="sinks">One a table.</param>
/// <param name="context">Which subtask.</param>
/// <param name="written">Counts what is written.</param>
/// <param name="work">Counts what the sink's vertex does.</param>
/// <param name="time">Of the loop that calls; it ends with the writers.</param>
/// <param name="restored">What an earlier attempt acknowledged; empty on a fresh start.</param>
internal sealed class TableWriters(IReadOnlyDictionary<string, ISink> sinks, WriterContext context, WrittenRows written, VertexWork work, LoopTime time, IReadOnlyList<TableBytes> restored) : ITableWriters
{
    private readonly Dictionary<string, Entry> _writers = sinks.ToDictionary(
        pair => pair.Key,
        pair => Make(pair.Key, pair.Value, context, restored),
        StringComparer.Ordinal);

    public async ValueTask OpenAsync(CancellationToken stop)
    {
        foreach (var (table, entry) in _writers)
        {
            await entry.Writer.OpenAsync(stop);
            byte[][] prepared = [.. restored.Where(state => state.IsPrepared && state.Table == table).Select(state => state.Bytes)];
            if (prepared.Length == 0 || entry.Committer is null) continue;
            using (time.At(work[Work.SinkCommit])) await CommitAsync(table, entry.Committer, prepared, stop);
        }
    }

    public async ValueTask WriteAsync(ColumnBatch batch, CancellationToken stop)
    {
        var table = batch.Schema.TableId;
        if (!_writers.TryGetValue(table, out var entry))
        {
            batch.Dispose();
            throw new ChunnelException(CommonErrors.ConfigValidateFailed, $"multi table sink can not write table: {table}")
            {
                Mend = $"The sink knows: {string.Join(", ", _writers.Keys)}.",
            };
        }
        entry.Rows.Give(batch.Selected, RowSize.Of(batch));
        work[Work.SinkRowsIn].Add(batch.Selected);
        using (time.At(work[Work.SinkWrite])) await entry.Writer.WriteAsync(batch, stop);
        Settle(table, entry);
    }

    public void ThrowIfFailed()
    {
        // A call that fails says so at once.
    }

    public async ValueTask ApplyAsync(SchemaChange change, CancellationToken stop)
    {
        if (!_writers.TryGetValue(change.Table.ToString(), out var entry)) return;
        using (time.At(work[Work.SinkWrite])) await entry.Writer.ApplyAsync(change, stop);
    }

    public async ValueTask EndOfInputAsync(CancellationToken stop)
    {
        using var _ = time.At(work[Work.SinkWrite]);
        foreach (var entry in _writers.Values) await entry.Writer.EndOfInputAsync(stop);
    }

    /// <summary>Keeps the infos of tables with a committer beside the writer.</summary>
    public async ValueTask<IReadOnlyList<TableBytes>> PrepareCommitAsync(long checkpointId, CancellationToken stop)
    {
        using var _ = time.At(work[Work.SinkPrepareCommit]);
        var infos = new List<TableBytes>();
        foreach (var (table, entry) in _writers)
        {
            var info = await entry.Writer.PrepareCommitAsync(checkpointId, stop);
            Settle(table, entry);
            if (info is null) continue;
            infos.Add(new TableBytes(table, info));
            if (entry.Committer is not null) entry.Prepared.Add((checkpointId, info));
        }
        return infos;
    }

    public async ValueTask<IReadOnlyList<TableBytes>> SnapshotAsync(long checkpointId, CancellationToken stop)
    {
        using var _ = time.At(work[Work.SinkPrepareCommit]);
        var states = new List<TableBytes>();
        foreach (var (table, entry) in _writers)
        {
            foreach (var state in await entry.Writer.SnapshotAsync(checkpointId, stop)) states.Add(new TableBytes(table, state));
            states.AddRange(entry.Prepared.Select(prepared => new TableBytes(table, prepared.Info, IsPrepared: true)));
        }
        return states;
    }

    public async ValueTask CommitAsync(long checkpointId, CancellationToken stop)
    {
        using var _ = time.At(work[Work.SinkCommit]);
        foreach (var (table, entry) in _writers)
        {
            if (entry.Committer is null) continue;
            var due = entry.Prepared.FindAll(prepared => prepared.CheckpointId <= checkpointId);
            if (due.Count == 0) continue;
            await CommitAsync(table, entry.Committer, [.. due.Select(prepared => prepared.Info)], stop);
            entry.Prepared.RemoveAll(prepared => prepared.CheckpointId <= checkpointId);
        }
    }

    public async ValueTask AbortPrepareAsync(long checkpointId, CancellationToken stop)
    {
        using var _ = time.At(work[Work.SinkAbort]);
        foreach (var entry in _writers.Values)
        {
            var given = entry.Prepared.FindAll(prepared => prepared.CheckpointId == checkpointId);
            if (given.Count > 0 && entry.Committer is not null) await entry.Committer.AbortAsync([.. given.Select(prepared => prepared.Info)], stop);
            entry.Prepared.RemoveAll(prepared => prepared.CheckpointId == checkpointId);
            await entry.Writer.AbortPrepareAsync(checkpointId, stop);
        }
    }

    public async ValueTask DisposeAsync()
    {
        time.Dispose();
        var faults = new List<Exception>();
        foreach (var entry in _writers.Values)
        {
            try
            {
                await entry.Writer.DisposeAsync();
                if (entry.Committer is not null) await entry.Committer.DisposeAsync();
            }
            catch (Exception fault)
            {
                faults.Add(fault);
            }
        }
        if (faults.Count > 0) throw new AggregateException(faults);
    }

    private static Entry Make(string table, ISink sink, WriterContext context, IReadOnlyList<TableBytes> restored)
    {
        var rows = new SettledRows(context.Refusals);
        byte[][] states = [.. restored.Where(state => !state.IsPrepared && state.Table == table).Select(state => state.Bytes)];
        return new Entry(sink.CreateWriter(context with { Refusals = rows }, states), sink.CreateCommitter(), rows);
    }

    private void Settle(string table, Entry entry)
    {
        var (rows, bytes) = entry.Rows.Settle(entry.Writer.UnsettledRows);
        if (rows > 0) written.Add(table, rows, bytes);
    }

    private static async ValueTask CommitAsync(string table, ISinkCommitter committer, IReadOnlyList<byte[]> infos, CancellationToken stop)
    {
        var failed = await committer.CommitAsync(infos, stop);
        if (failed.Count > 0) throw new ChunnelException(EngineErrors.CommitFailed, $"{failed.Count} commits of table {table} failed.");
    }

    private sealed record Entry(ISinkWriter Writer, ISinkCommitter? Committer, SettledRows Rows)
    {
        public List<(long CheckpointId, byte[] Info)> Prepared { get; } = [];
    }
}
