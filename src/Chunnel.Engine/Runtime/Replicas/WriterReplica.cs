using Chunnel.Core;

namespace Chunnel.Engine;

/// <summary>One replica: writers with a loop of their own, fed through a channel that is bounded in bytes.</summary>
/// <param name="writers">One a table.</param>
/// <param name="capacityBytes">What may wait for the loop.</param>
/// <param name="clock">The time.</param>
/// <param name="failed">Told once when the loop ends with a fault.</param>
internal sealed class WriterReplica(ITableWriters writers, long capacityBytes, TimeProvider clock, Action failed) : IAsyncDisposable
{
    private readonly FlowChannel _channel = new(capacityBytes, clock);
    private readonly CancellationTokenSource _stopping = new();
    private TaskCompletionSource _drained = new();
    private Task _loop = Task.CompletedTask;

    /// <summary>The writers themselves: to be called when the replica is drained.</summary>
    public ITableWriters Writers { get; } = writers;

    public long QueuedRows => _channel.Rows;

    public async ValueTask OpenAsync(CancellationToken stop)
    {
        await Writers.OpenAsync(stop);
        _loop = Task.Run(RunAsync, CancellationToken.None);
    }

    /// <summary>Hands the batch on, giving it away; waits while too much waits already.</summary>
    public ValueTask WriteAsync(ColumnBatch batch, CancellationToken stop) => SendAsync(FlowItem.Of(batch), stop);

    public bool HasFailed => _loop is { IsCompleted: true, IsCompletedSuccessfully: false };

    public void ThrowIfFailed()
    {
        if (HasFailed) _loop.GetAwaiter().GetResult();
    }

    /// <summary>Waits until everything that was handed on is written.</summary>
    public async ValueTask DrainAsync(CancellationToken stop)
    {
        ThrowIfFailed();
        _drained = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await SendAsync(FlowItem.Of(default(Barrier)), stop);
        await (await Task.WhenAny(_drained.Task, _loop).WaitAsync(stop));
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        try
        {
            await _loop;
        }
        catch (Exception)
        {
            // Whoever was to know was told by ThrowIfFailed; here only the end matters.
        }
        _channel.Dispose();
        await Writers.DisposeAsync();
        _stopping.Dispose();
    }

    private async ValueTask SendAsync(FlowItem item, CancellationToken stop)
    {
        try
        {
            await _channel.WriteAsync(item, stop);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            // The loop is gone and took its end of the channel with it: it knows why.
            await _loop;
            throw;
        }
    }

    private async Task RunAsync()
    {
        var stop = _stopping.Token;
        try
        {
            while (true)
            {
                var item = await _channel.ReadAsync(stop);
                if (item.Batch is { } batch) await WriteNowAsync(batch, stop);
                else _drained.TrySetResult();
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // We were told to stop.
        }
        catch
        {
            _channel.Dispose();
            failed();
            throw;
        }
    }

    private async ValueTask WriteNowAsync(ColumnBatch batch, CancellationToken stop)
    {
        var (table, firstRow, rows) = (batch.Schema, batch.FirstRow, batch.Rows);
        try
        {
            await Writers.WriteAsync(batch, stop);
        }
        catch (Exception fault)
        {
            throw TaskFailedException.Around(fault, table, firstRow, rows);
        }
    }
}
