using Chunnel.Control;
using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Engine;

/// <summary>
/// The source loop of a subtask: reads batches, runs the first transforms, hands the rows to every sink's channel. Barriers, splits and
/// news come between two batches; nothing is held while it waits.
/// </summary>
internal sealed class ReaderTask : IPipelineTask, ITransformOutput
{
    private readonly Lock _lock = new();
    private readonly Signal _wake = new();
    private readonly CheckpointNews _news = new();
    private readonly Queue<Order> _orders = new();
    private readonly ReaderTaskParts _parts;
    private readonly ISourceReader _reader;
    private readonly TransformChain _chain;
    private readonly SchemaGate _gate;
    private readonly LoopTime _time;
    private readonly VertexWork _work;
    private long _emittedRows;

    public ReaderTask(ReaderTaskParts parts)
    {
        _parts = parts;
        _gate = new SchemaGate(parts.Location);
        _time = parts.Work.Begin();
        _work = parts.Work.Of(parts.Vertex);
        _chain = new TransformChain(parts.Transforms, _time, this);
        _reader = parts.Source.CreateReader(new ReaderContext
        {
            Subtask = parts.Subtask,
            Parallelism = parts.Parallelism,
            Memory = parts.Memory,
            Clock = parts.Clock,
            BatchRows = Math.Min(parts.BatchRows, parts.Limit?.BatchRows ?? ColumnBatch.AimRows),
            Wire = parts.Wire,
            RequestSplit = () => parts.RequestSplit(parts.Subtask),
            Skipped = parts.Skipped,
            Warn = parts.Warn,
            Refusals = parts.Desk.Of(parts.Vertex, parts.Refused, RefusingPart.Source),
        });
    }

    public TaskLocation Location => _parts.Location;

    public void Assign(IReadOnlyList<SourceSplit> splits) => Give(new Order(splits));

    public void NoMoreSplits() => Give(new Order());

    /// <summary>Asks for a barrier in the stream: it goes in after the batch in hand, and after the splits that were assigned before it.</summary>
    public void RequestBarrier(Barrier barrier) => Give(new Order(Barrier: barrier));

    public void Notify(Barrier barrier, bool completed)
    {
        _news.Add(barrier, completed);
        _wake.Set();
    }

    public async Task OpenAsync(CancellationToken stop)
    {
        await _chain.OpenAsync(new TransformRuntime { Subtask = _parts.Subtask, Memory = _parts.Memory, Clock = _parts.Clock, Skipped = _parts.Skipped, Count = _parts.Count }, _parts.Desk, stop);
        await _reader.OpenAsync(stop);
        _parts.Progress.Read(_parts.Subtask, _reader.Done);
    }

    public async Task RunAsync(CancellationToken stop)
    {
        using var _ = _time.At(_work[Work.SourceRead]);
        var reading = true;
        while (true)
        {
            stop.ThrowIfCancellationRequested();
            if (await TakeNewsAsync(stop)) return;
            if (await TakeOrdersAsync(stop)) reading = false;
            if (!reading || _gate.IsClosed)
            {
                await IdleAsync(_wake.WaitAsync(stop));
                continue;
            }
            if (_parts.Limit is { Wait: var wait } && wait > TimeSpan.Zero)
            {
                await IdleAsync(_wake.WaitAsync(null, wait, _parts.Clock, stop));
                continue;
            }
            if (!await HasRoomAsync(stop)) continue;
            reading = await ReadOnceAsync(stop);
            _parts.Progress.Read(_parts.Subtask, _reader.Done);
        }
    }

    public async ValueTask EmitAsync(ColumnBatch batch, CancellationToken stop)
    {
        _emittedRows += batch.Selected;
        if (batch.Selected == 0)
        {
            batch.Dispose();
            return;
        }
        if (batch.HasSelection && batch.Selected < batch.Rows / 4) batch = batch.Compact();
        var outputs = _parts.Outputs;
        for (var i = 0; i < outputs.Count - 1; i++)
        {
            var shared = batch.Share();
            try
            {
                await SendAsync(i, shared, stop);
            }
            catch
            {
                batch.Dispose();
                throw;
            }
        }
        await SendAsync(outputs.Count - 1, batch, stop);
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await _reader.DisposeAsync();
        }
        finally
        {
            _time.Dispose();
            _parts.Desk.Dispose();
            await _chain.DisposeAsync();
        }
    }

    /// <summary>True when a checkpoint that ends the pipeline is complete.</summary>
    private ValueTask<bool> TakeNewsAsync(CancellationToken stop) => _news.IsEmpty
        ? ValueTask.FromResult(false)
        : _news.TakeAsync((barrier, completed, ends) => completed ? CompleteAsync(barrier, ends) : _reader.CheckpointAbortedAsync(barrier.CheckpointId, ends), stop);

    private async ValueTask CompleteAsync(Barrier barrier, CancellationToken stop)
    {
        await _reader.CheckpointCompletedAsync(barrier.CheckpointId, stop);
        if (_gate.Complete(barrier) is not { } change) return;
        await PassChangeAsync(change, barrier, stop);
        _parts.Reports.SchemaChangePassed(Location);
    }

    /// <summary>Hands a change on, as the sinks are to see it. From then on the reader's position is behind it.</summary>
    private async ValueTask PassChangeAsync(SchemaChange change, Barrier behind, CancellationToken stop)
    {
        if (_chain.Map(change) is { } mapped)
        {
            foreach (var output in _parts.Outputs) await output.WriteAsync(FlowItem.Of(mapped, behind), stop);
        }
        _reader.ChangeTaken();
        _parts.Tell(change.TypeName);
    }

    /// <summary>Gives a batch to a channel; the clock is looked at only where there is no room.</summary>
    private async ValueTask SendAsync(int output, ColumnBatch batch, CancellationToken stop)
    {
        var sending = _parts.Outputs[output].WriteAsync(FlowItem.Of(batch), stop);
        if (sending.IsCompleted) await sending;
        else
        {
            using (_time.At(_parts.Edges[output].Blocked)) await sending;
        }
    }

    private async ValueTask IdleAsync(Task waiting)
    {
        using (_time.At(_work[Work.SourceIdle])) await waiting;
    }

    private void Give(Order order)
    {
        lock (_lock) _orders.Enqueue(order);
        _wake.Set();
    }

    private bool TryTake(out Order order)
    {
        lock (_lock) return _orders.TryDequeue(out order);
    }

    /// <summary>
    /// Splits and barriers in the order in which the enumerator gave them: a split that it assigned before its own snapshot is in this
    /// reader's snapshot, one that it assigned later is not. True when a barrier that ends the pipeline has passed.
    /// </summary>
    private async ValueTask<bool> TakeOrdersAsync(CancellationToken stop)
    {
        var ends = false;
        while (TryTake(out var order))
        {
            if (order.Barrier is { } barrier)
            {
                await PassBarrierAsync(barrier, stop);
                ends |= barrier.Ends;
            }
            else if (order.Splits is { } splits) _reader.AddSplits(splits);
            else _reader.NoMoreSplits();
        }
        return ends;
    }

    private async ValueTask PassBarrierAsync(Barrier barrier, CancellationToken stop)
    {
        _gate.Pass(barrier);
        if (barrier.Kind == CheckpointKind.CompletedPoint) _parts.Desk.CheckAtEnd();
        var splits = _reader.Snapshot(barrier.CheckpointId);
        FailPoint.Reach("reader.snapshot");
        var counters = CounterState.Pack(_parts.Metrics.Read, _parts.Metrics.LeftOutByReader, _parts.Metrics.RefusedByReader.DeadLettered, _parts.Metrics.RefusedByReader.Skipped);
        _parts.Reports.Acknowledged(Location, barrier.CheckpointId, new TaskSnapshot(counters, [.. splits.Select(_parts.Source.WriteSplit)]));
        foreach (var output in _parts.Outputs) await output.WriteAsync(FlowItem.Of(barrier), stop);
        await _parts.Desk.PassBarrierAsync(barrier, stop);
    }

    /// <summary>True when a batch may be filled; false when something else came up while waiting for memory.</summary>
    private async ValueTask<bool> HasRoomAsync(CancellationToken stop)
    {
        var room = _parts.Memory.WaitForRoomAsync(ColumnBatch.AimBytes, stop);
        if (room.IsCompletedSuccessfully) return true;
        var waiting = room.AsTask();
        using (_time.At(null)) await _wake.WaitAsync(waiting, Timeout.InfiniteTimeSpan, _parts.Clock, stop);
        return waiting.IsCompletedSuccessfully;
    }

    /// <summary>Reads once; false when the input has ended.</summary>
    private async ValueTask<bool> ReadOnceAsync(CancellationToken stop)
    {
        var result = await _reader.ReadAsync(stop);
        await _parts.Desk.SendAsync(stop);
        switch (result.Kind)
        {
            case ReadResultKind.Batch:
                await RunBatchAsync(result.Batch!, stop);
                return true;
            case ReadResultKind.SchemaChange:
                if (!_parts.TakesCheckpoints) await PassChangeAsync(result.Change!, default, stop);
                else
                {
                    _gate.Close(result.Change!);
                    _parts.Reports.SchemaChangeFound(Location);
                }
                return true;
            case ReadResultKind.Idle:
                await IdleAsync(_wake.WaitAsync(result.Until, result.Wait, _parts.Clock, stop));
                return true;
            default:
                _parts.Reports.ReadyToClose(Location);
                return false;
        }
    }

    private async ValueTask RunBatchAsync(ColumnBatch batch, CancellationToken stop)
    {
        var (table, firstRow, rows, selected) = (batch.Schema, batch.FirstRow, batch.Rows, batch.Selected);
        try
        {
            var bytes = RowSize.Of(batch);
            _parts.Limit?.Pay(selected, bytes);
            _parts.Metrics.Read.Of(table.TableId).Add(selected, bytes);
            var before = _emittedRows + _parts.Desk.SetAsideByTransforms;
            await _chain.RunAsync(batch, stop);
            var leftOut = selected - (_emittedRows + _parts.Desk.SetAsideByTransforms - before);
            if (leftOut > 0) _parts.Metrics.LeftOutByReader.Of(table.TableId).Add(leftOut, 0);
            await _parts.Desk.SendAsync(stop);
        }
        catch (Exception fault)
        {
            throw TaskFailedException.Around(fault, table, firstRow, rows);
        }
    }

    /// <summary>Splits to read, a barrier to pass on, or, with neither, the news that there are no more splits.</summary>
    private readonly record struct Order(IReadOnlyList<SourceSplit>? Splits = null, Barrier? Barrier = null);
}
