namespace Chunnel.Engine;

/// <summary>
/// Something to wait for that another loop sets. A set signal lets the next wait through at once and is then unset; setting twice
/// is setting once. One waiter at a time.
/// </summary>
internal sealed class Signal
{
    private readonly Lock _lock = new();
    private TaskCompletionSource? _waiter;
    private bool _set;

    public void Set()
    {
        TaskCompletionSource? waiter;
        lock (_lock)
        {
            waiter = _waiter;
            _waiter = null;
            _set = waiter is null;
        }
        waiter?.TrySetResult();
    }

    public Task WaitAsync(CancellationToken stop)
    {
        TaskCompletionSource waiter;
        lock (_lock)
        {
            if (_set)
            {
                _set = false;
                return Task.CompletedTask;
            }
            waiter = _waiter ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
        return waiter.Task.WaitAsync(stop);
    }

    /// <summary>Waits for the signal, the task or the time, whichever comes first.</summary>
    public async Task WaitAsync(Task? other, TimeSpan time, TimeProvider clock, CancellationToken stop)
    {
        var wait = WaitAsync(stop);
        if (wait.IsCompleted || (other is null && time == Timeout.InfiniteTimeSpan))
        {
            await wait;
            return;
        }
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var delay = time == Timeout.InfiniteTimeSpan ? null : Task.Delay(time, clock, timer.Token);
        await Task.WhenAny(new[] { wait, other, delay }.OfType<Task>());
        await timer.CancelAsync();
        stop.ThrowIfCancellationRequested();
    }
}
