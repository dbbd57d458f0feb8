using Chunnel.Control;
using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Engine;

/// <summary>Runs a source's enumerator: readers register, then it finds and assigns splits. Calls reach the enumerator one after the other.</summary>
internal sealed class EnumeratorTask : IPipelineTask, IEnumeratorContext
{
    private readonly Lock _lock = new();
    private readonly Signal _wake = new();
    private readonly CheckpointNews _news = new();
    private readonly Queue<int> _requests = new();
    private readonly Queue<Barrier> _barriers = new();
    private readonly HashSet<int> _readers = [];
    private readonly Queue<int> _newReaders = new();
    private readonly IReadOnlyList<ReaderTask> _readerTasks;
    private readonly ISplitEnumerator _enumerator;
    private readonly ITaskReports _reports;
    private readonly IReadOnlyList<(int Subtask, IReadOnlyList<SourceSplit> Splits)> _back;
    private readonly SourceProgress _progress;
    private SplitAmount _handedOut = SplitAmount.Nothing;
    private long _lastBarrier;

    /// <param name="location">Which task it is.</param>
    /// <param name="source">Whose splits.</param>
    /// <param name="readers">Who reads them.</param>
    /// <param name="reports">Who is told.</param>
    /// <param name="progress">Is told what there is to read.</param>
    /// <param name="state">What an earlier attempt's enumerator acknowledged, or null on a fresh start.</param>
    /// <param name="back">Splits that readers of an earlier attempt had not finished.</param>
    public EnumeratorTask(TaskLocation location, ISource source, IReadOnlyList<ReaderTask> readers, ITaskReports reports, SourceProgress progress, byte[]? state, IReadOnlyList<(int Subtask, IReadOnlyList<SourceSplit> Splits)> back)
    {
        _back = back;
        Location = location;
        _reports = reports;
        _progress = progress;
        _readerTasks = readers;
        _enumerator = source.CreateEnumerator(this, state);
    }

    public TaskLocation Location { get; }

    public int Parallelism => _readerTasks.Count;

    public void Assign(int subtask, IReadOnlyList<SourceSplit> splits)
    {
        if (splits.Count == 0)
        {
            _readerTasks[subtask].NoMoreSplits();
            return;
        }
        lock (_lock) _handedOut += SplitAmount.LeftOf(splits);
        _readerTasks[subtask].Assign(splits);
    }

    public void NoMoreSplits(int subtask) => _readerTasks[subtask].NoMoreSplits();

    /// <summary>A reader is open.</summary>
    public void Register(int subtask)
    {
        lock (_lock) _newReaders.Enqueue(subtask);
        _wake.Set();
    }

    public void RequestSplit(int subtask)
    {
        lock (_lock) _requests.Enqueue(subtask);
        _wake.Set();
    }

    public void RequestBarrier(Barrier barrier)
    {
        lock (_lock) _barriers.Enqueue(barrier);
        _wake.Set();
    }

    public void Notify(Barrier barrier, bool completed)
    {
        _news.Add(barrier, completed);
        _wake.Set();
    }

    public Task OpenAsync(CancellationToken stop) => _enumerator.OpenAsync(stop).AsTask();

    public async Task RunAsync(CancellationToken stop)
    {
        var started = false;
        while (true)
        {
            stop.ThrowIfCancellationRequested();
            while (TryTake(_newReaders, out var reader))
            {
                _readers.Add(reader);
                await _enumerator.AddReaderAsync(reader, stop);
            }
            if (!started && _readers.Count == Parallelism)
            {
                started = true;
                foreach (var (subtask, splits) in _back) await _enumerator.AddSplitsBackAsync(splits, subtask, stop);
                await _enumerator.RunAsync(stop);
            }
            while (TryTake(_requests, out var subtask)) await _enumerator.HandleSplitRequestAsync(subtask, stop);
            while (TryTake(_barriers, out var barrier)) PassBarrier(barrier);
            if (started) TellProgress();
            if (await TakeNewsAsync(stop)) return;
            await _wake.WaitAsync(stop);
        }
    }

    public ValueTask DisposeAsync() => _enumerator.DisposeAsync();

    private bool TryTake<T>(Queue<T> queue, out T item)
    {
        lock (_lock) return queue.TryDequeue(out item!);
    }

    private void TellProgress()
    {
        lock (_lock) _progress.Found(_handedOut, _enumerator.Left);
    }

    /// <summary>A barrier that comes again is passed on once: ids only rise.</summary>
    private void PassBarrier(Barrier barrier)
    {
        if (barrier.CheckpointId <= _lastBarrier) return;
        _lastBarrier = barrier.CheckpointId;
        FailPoint.Reach("barrier.enter");
        var state = _enumerator.Snapshot(barrier.CheckpointId);
        _reports.Acknowledged(Location, barrier.CheckpointId, new TaskSnapshot([], [state]));
        foreach (var reader in _readerTasks) reader.RequestBarrier(barrier);
        FailPoint.Reach("barrier.leave");
    }

    private ValueTask<bool> TakeNewsAsync(CancellationToken stop) => _news.IsEmpty
        ? ValueTask.FromResult(false)
        : _news.TakeAsync((barrier, completed, ends) => completed ? _enumerator.CheckpointCompletedAsync(barrier.CheckpointId, ends) : _enumerator.CheckpointAbortedAsync(barrier.CheckpointId, ends), stop);
}
