using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Connectors.Jdbc;

/// <summary>A writer whose rows can be made visible between two checkpoints.</summary>
internal interface IVisibleWriter : ISinkWriter
{
    /// <summary>True when rows were written that nobody can see yet.</summary>
    bool HasHidden { get; }

    /// <summary>Makes them visible. An update's first half waits for the other: then it does nothing, and there are hidden rows still.</summary>
    ValueTask ShowAsync(CancellationToken stop);
}

/// <summary>
/// A writer whose rows are visible at the latest so long after they came (option <c>batch_interval_ms</c>), whether more come or not. What
/// goes wrong meanwhile is told by the next call.
/// </summary>
internal sealed class TimedWriter : ISinkWriter
{
    private readonly IVisibleWriter _writer;
    private readonly TimeSpan _interval;
    private readonly ITimer _timer;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly CancellationTokenSource _end = new();
    private bool _isSet;

    /// <summary>A call failed: whoever has the writer gives it up, and nothing more is to be seen of it.</summary>
    private bool _isBroken;

    /// <summary>What failed while nobody called.</summary>
    private Exception? _fault;

    public TimedWriter(IVisibleWriter writer, TimeSpan interval, TimeProvider clock)
    {
        _writer = writer;
        _interval = interval;
        _timer = clock.CreateTimer(_ => Showing = ShowAsync(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public long UnsettledRows => _writer.UnsettledRows;

    /// <summary>What the timer began last. It never fails.</summary>
    public Task Showing { get; private set; } = Task.CompletedTask;

    public ValueTask OpenAsync(CancellationToken stop) => InTurnAsync(_writer.OpenAsync, stop);

    public async ValueTask WriteAsync(ColumnBatch batch, CancellationToken stop)
    {
        try
        {
            await _turn.WaitAsync(stop);
        }
        catch
        {
            batch.Dispose();
            throw;
        }
        try
        {
            if (_fault is not null) batch.Dispose();
            ThrowIfFailed();
            await _writer.WriteAsync(batch, stop);
            SetTimer();
        }
        catch
        {
            _isBroken = true;
            throw;
        }
        finally
        {
            _turn.Release();
        }
    }

    public ValueTask EndOfInputAsync(CancellationToken stop) => InTurnAsync(_writer.EndOfInputAsync, stop);

    public async ValueTask<byte[]?> PrepareCommitAsync(long checkpointId, CancellationToken stop)
    {
        byte[]? prepared = null;
        await InTurnAsync(async stopped => prepared = await _writer.PrepareCommitAsync(checkpointId, stopped), stop);
        return prepared;
    }

    public ValueTask<IReadOnlyList<byte[]>> SnapshotAsync(long checkpointId, CancellationToken stop) => _writer.SnapshotAsync(checkpointId, stop);

    public ValueTask AbortPrepareAsync(long checkpointId, CancellationToken stop) => _writer.AbortPrepareAsync(checkpointId, stop);

    public ValueTask ApplyAsync(SchemaChange change, CancellationToken stop) => InTurnAsync(stopped => _writer.ApplyAsync(change, stopped), stop);

    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync();
        await _end.CancelAsync();
        await Showing;
        await _writer.DisposeAsync();
        _end.Dispose();
        _turn.Dispose();
    }

    private async ValueTask InTurnAsync(Func<CancellationToken, ValueTask> act, CancellationToken stop)
    {
        await _turn.WaitAsync(stop);
        try
        {
            ThrowIfFailed();
            await act(stop);
        }
        catch
        {
            _isBroken = true;
            throw;
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task ShowAsync()
    {
        var hasTurn = false;
        try
        {
            await _turn.WaitAsync(_end.Token);
            hasTurn = true;
            _isSet = false;
            if (_isBroken || !_writer.HasHidden) return;
            await _writer.ShowAsync(_end.Token);
            SetTimer();
        }
        catch (OperationCanceledException) when (_end.IsCancellationRequested)
        {
            // The writer is given up: what it has not committed is not to be seen.
        }
        catch (Exception fault)
        {
            (_fault, _isBroken) = (fault, true);
        }
        finally
        {
            if (hasTurn) _turn.Release();
        }
    }

    /// <summary>From the first row that is hidden on.</summary>
    private void SetTimer()
    {
        if (_isSet || !_writer.HasHidden) return;
        _isSet = _timer.Change(_interval, Timeout.InfiniteTimeSpan);
    }

    private void ThrowIfFailed()
    {
        if (_fault is { } fault) System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(fault);
    }
}
