using System.Diagnostics.CodeAnalysis;

namespace Chunnel.Engine;

/// <summary>How a task group ended.</summary>
internal enum TaskGroupEnd
{
    Finished,
    Failed,
    Canceled,
}

/// <summary>
/// Owns the loops of one task group: opens them, starts them, stops them all when one fails, waits for them, disposes them. Cancelling is
/// answered at once; the end comes when every loop has let go.
/// </summary>
/// <param name="tasks">What it runs.</param>
/// <param name="tell">Told when plug-ins open and close, by the names that event reports have for it.</param>
[SuppressMessage("Design", "CA1001", Justification = "The source has neither timer nor links, so there is nothing to dispose; a cancel may come after the end.")]
internal sealed class TaskGroupRun(IReadOnlyList<IPipelineTask> tasks, Action<string> tell)
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyList<IPipelineTask> Tasks { get; } = tasks;

    /// <summary>Lets opened tasks run.</summary>
    public void Start() => _started.TrySetResult();

    /// <summary>Tells the loops to stop. What plug-ins do when they are told may block, and is not for the caller to wait for.</summary>
    public void Cancel() => _ = _stopping.CancelAsync();

    /// <summary>Opens the tasks, tells so, waits to be started, works, and says how it ended and why.</summary>
    /// <param name="opened">Called when every task is open.</param>
    public async Task<(TaskGroupEnd End, Exception? Fault)> RunAsync(Action opened)
    {
        var stop = _stopping.Token;
        Exception? fault = null;
        try
        {
            await Task.WhenAll(Tasks.Select(task => Task.Run(() => OpenAsync(task, stop), CancellationToken.None)));
            opened();
            await _started.Task.WaitAsync(stop);
            var loops = Tasks.Select(task => Task.Run(() => task.RunAsync(stop), CancellationToken.None)).ToList();
            while (loops.Count > 0)
            {
                var ended = await Task.WhenAny(loops);
                loops.Remove(ended);
                if (ended.IsCompletedSuccessfully) continue;
                if (fault is null && !stop.IsCancellationRequested) fault = ended.Exception?.InnerException ?? new OperationCanceledException();
                await _stopping.CancelAsync();
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // We were told to stop.
        }
        catch (Exception caught)
        {
            fault = caught;
        }
        if (fault is not null || stop.IsCancellationRequested) await TakeLastNewsAsync();
        fault = await DisposeTasksAsync() is { } late ? fault ?? (stop.IsCancellationRequested ? null : late) : fault;
        var end = fault is not null ? TaskGroupEnd.Failed : stop.IsCancellationRequested ? TaskGroupEnd.Canceled : TaskGroupEnd.Finished;
        return (end, fault);
    }

    private async Task OpenAsync(IPipelineTask task, CancellationToken stop)
    {
        await task.OpenAsync(stop);
        if (task is EnumeratorTask) tell("LIFECYCLE_ENUMERATOR_OPEN");
        else if (task is ReaderTask) tell("LIFECYCLE_READER_OPEN");
    }

    /// <summary>A task that cannot do it now is not waited for: a restore repeats the commit.</summary>
    private async Task TakeLastNewsAsync()
    {
        using var patience = new CancellationTokenSource(_patience);
        foreach (var task in Tasks)
        {
            try
            {
                await task.TakeLastNewsAsync(patience.Token);
            }
            catch (Exception)
            {
                // The end of the group is reported with its own reason.
            }
        }
    }

    private async Task<Exception?> DisposeTasksAsync()
    {
        Exception? first = null;
        foreach (var task in Tasks)
        {
            try
            {
                await task.DisposeAsync();
                if (task is EnumeratorTask) tell("LIFECYCLE_ENUMERATOR_CLOSE");
                else if (task is ReaderTask) tell("LIFECYCLE_READER_CLOSE");
                else if (task is WriterTask) tell("LIFECYCLE_WRITER_CLOSE");
            }
            catch (Exception fault)
            {
                first ??= fault;
            }
        }
        return first;
    }
}
