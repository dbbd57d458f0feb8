using Chunnel.Control;
using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Engine;

/// <summary>
/// The sink loop of a subtask: takes batches from its channel, runs its transforms, writes. A barrier makes it prepare; the news that the
/// checkpoint is complete makes it commit, and counts the rows as committed.
/// </summary>
internal sealed class WriterTask : IPipelineTask, ITransformOutput
{
    private readonly WriterTaskParts _parts;
    private readonly LoopTime _time;
    private readonly TransformChain _chain;
    private readonly ITableWriters _writers;
    private readonly CheckpointNews _news = new();
    private readonly WrittenRows _written;
    private readonly SinkMeters _meters;
    private readonly List<(long CheckpointId, string Table, long Rows, long Bytes)> _prepared = [];
    private readonly Signal _told = new();
    private long _committedUpTo;
    private long _emittedRows;

    public WriterTask(WriterTaskParts parts)
    {
        _parts = parts;
        _time = parts.Work.Begin();
        _chain = new TransformChain(parts.Transforms, _time, this);
        _meters = parts.Meters;
        _written = new WrittenRows(_meters.Written);
        _writers = parts.Replicas == 1 ? MakeWriters(0, _time) : new ReplicatedWriters(parts.Replicas, replica => MakeWriters(replica, parts.Work.Begin()), FlowChannel.AimBytes, parts.Clock, parts.Input.Wake);
    }

    public TaskLocation Location => _parts.Location;

    /// <summary>Rows that wait for this loop and, behind it, for its replicas.</summary>
    public long QueuedRows => _parts.Input.Rows + _writers.QueuedRows;

    public void Notify(Barrier barrier, bool completed)
    {
        _news.Add(barrier, completed);
        _parts.Input.Wake();
        _told.Set();
    }

    public async Task OpenAsync(CancellationToken stop)
    {
        await _chain.OpenAsync(new TransformRuntime { Subtask = _parts.Subtask, Memory = _parts.Memory, Clock = _parts.Clock, Skipped = _parts.Skipped, Count = _parts.Count }, _parts.Desk, stop);
        await _writers.OpenAsync(stop);
    }

    public async Task RunAsync(CancellationToken stop)
    {
        while (true)
        {
            var item = await _parts.Input.ReadAsync(stop);
            switch (item.Kind)
            {
                case FlowKind.None:
                    _writers.ThrowIfFailed();
                    if (await TakeNewsAsync(stop)) return;
                    break;
                case FlowKind.Batch:
                    await RunBatchAsync(item.Batch!, stop);
                    break;
                case FlowKind.Barrier:
                    await PrepareAsync(item.Barrier, stop);
                    break;
                case FlowKind.SchemaChange:
                    await ApplyAsync(item.Change!, item.Barrier, stop);
                    break;
            }
        }
    }

    public async Task TakeLastNewsAsync(CancellationToken stop) => await TakeNewsAsync(stop);

    public async ValueTask EmitAsync(ColumnBatch batch, CancellationToken stop)
    {
        if (batch.Selected == 0)
        {
            batch.Dispose();
            return;
        }
        _emittedRows += batch.Selected;
        // What the writers take of it they tell; the rest is waiting for a replica.
        using (_time.At(null)) await _writers.WriteAsync(batch, stop);
    }

    public async ValueTask DisposeAsync()
    {
        _parts.Input.Dispose();
        try
        {
            await _writers.DisposeAsync();
        }
        finally
        {
            _time.Dispose();
            _parts.Desk.Dispose();
            await _chain.DisposeAsync();
        }
    }

    /// <summary>The writers of one replica, which count over all subtasks as writers of their own.</summary>
    private TableWriters MakeWriters(int replica, LoopTime time) => new(_parts.Sinks, new WriterContext
    {
        Subtask = _parts.Subtask * _parts.Replicas + replica,
        Parallelism = _parts.Parallelism * _parts.Replicas,
        JobId = Location.Group.JobId,
        PipelineId = Location.Group.PipelineId,
        Sink = _parts.Vertex,
        Attempt = _parts.Attempt,
        RestoredCheckpoint = _parts.RestoredCheckpoint,
        Memory = _parts.Memory,
        Clock = _parts.Clock,
        Print = _parts.Print,
        PrintLines = _parts.PrintLines,
        Warn = _parts.Warn,
        Refusals = _parts.Desk.Of(_parts.Vertex, _parts.Refused, RefusingPart.Sink),
    }, _written, _parts.Work.Of(_parts.Vertex), time, [.. _parts.Restored.Where(state => state.Replica % _parts.Replicas == replica)]);

    private async ValueTask RunBatchAsync(ColumnBatch batch, CancellationToken stop)
    {
        var (table, firstRow, rows, selected) = (batch.Schema, batch.FirstRow, batch.Rows, batch.Selected);
        try
        {
            var before = _emittedRows + _parts.Desk.SetAsideByTransforms;
            await _chain.RunAsync(batch, stop);
            var leftOut = selected - (_emittedRows + _parts.Desk.SetAsideByTransforms - before);
            if (leftOut > 0) _meters.LeftOut.Of(table.TableId).Add(leftOut, 0);
            await _parts.Desk.SendAsync(stop);
        }
        catch (Exception fault)
        {
            throw TaskFailedException.Around(fault, table, firstRow, rows);
        }
    }

    /// <summary>Alters the target when every row of the old schema is committed: the reader may have heard of that before this loop did.</summary>
    private async ValueTask ApplyAsync(SchemaChange change, Barrier behind, CancellationToken stop)
    {
        if (_chain.Map(change) is not { } mapped) return;
        while (_committedUpTo < behind.CheckpointId)
        {
            if (_news.IsEmpty) await _told.WaitAsync(stop);
            Belief.Holds(!await TakeNewsAsync(stop), because: "no pipeline ends between a change of a schema and the checkpoint behind it");
        }
        await _writers.ApplyAsync(mapped, stop);
    }

    private async ValueTask PrepareAsync(Barrier barrier, CancellationToken stop)
    {
        IReadOnlyList<TableBytes> infos;
        TaskSnapshot snapshot;
        try
        {
            if (barrier.Kind == CheckpointKind.CompletedPoint) await _writers.EndOfInputAsync(stop);
            FailPoint.Reach("writer.prepare.before");
            infos = await _writers.PrepareCommitAsync(barrier.CheckpointId, stop);
            FailPoint.Reach("writer.prepare.after");
            var states = await _writers.SnapshotAsync(barrier.CheckpointId, stop);
            if (barrier.Kind == CheckpointKind.CompletedPoint) _parts.Desk.CheckAtEnd();
            snapshot = new TaskSnapshot(CounterState.Pack(_meters.Written, _meters.LeftOut, _meters.Refused.DeadLettered, _meters.Refused.Skipped), [.. states.Select(state => state.Pack())]);
        }
        catch (Exception) when (!stop.IsCancellationRequested)
        {
            await _writers.AbortPrepareAsync(barrier.CheckpointId, stop);
            throw;
        }
        foreach (var (table, rows, bytes) in _written.TakeSinceBarrier()) _prepared.Add((barrier.CheckpointId, table, rows, bytes));
        // From here on the checkpoint may become complete, whatever happens to this task: only the news that it never will be drops what is prepared.
        _parts.Committer?.Offer(barrier, _parts.Subtask, infos);
        _parts.Reports.Acknowledged(Location, barrier.CheckpointId, snapshot);
        await _parts.Desk.PassBarrierAsync(barrier, stop);
    }

    /// <summary>True when a checkpoint that ends the pipeline is complete.</summary>
    private ValueTask<bool> TakeNewsAsync(CancellationToken stop) => _news.IsEmpty
        ? ValueTask.FromResult(false)
        : _news.TakeAsync((barrier, completed, ends) => completed ? CommitAsync(barrier.CheckpointId, ends) : AbortAsync(barrier.CheckpointId, ends), stop);

    private async ValueTask CommitAsync(long checkpointId, CancellationToken stop)
    {
        await _writers.CommitAsync(checkpointId, stop);
        foreach (var (_, table, rows, bytes) in _prepared.Where(prepared => prepared.CheckpointId <= checkpointId)) _meters.Committed.Of(table).Add(rows, bytes);
        _prepared.RemoveAll(prepared => prepared.CheckpointId <= checkpointId);
        _committedUpTo = Math.Max(_committedUpTo, checkpointId);
    }

    private async ValueTask AbortAsync(long checkpointId, CancellationToken stop)
    {
        await _writers.AbortPrepareAsync(checkpointId, stop);
        _prepared.RemoveAll(prepared => prepared.CheckpointId == checkpointId);
    }
}
