using Chunnel.Plugins;

namespace Chunnel.Connectors.Files;

/// <summary>
/// Finds the files once and hands them out as readers ask: who is quick gets more. A reader gets several small files at a time, so that
/// asking costs little; the fewer are left, the fewer it gets.
/// </summary>
internal sealed class FileEnumerator(IEnumeratorContext readers, Func<int, CancellationToken, ValueTask<IReadOnlyList<FileSplit>>> plan, byte[]? state) : ISplitEnumerator
{
    private readonly SortedSet<int> _present = [];
    private readonly LinkedList<FileSplit> _left = new(state is null or [] ? [] : FileSplit.ManyFromBytes(state));
    private bool _planned = state is { Length: > 0 };
    private bool _running;

    public ValueTask OpenAsync(CancellationToken stop) => ValueTask.CompletedTask;

    public ValueTask AddReaderAsync(int subtask, CancellationToken stop)
    {
        _present.Add(subtask);
        if (_running) Serve(subtask);
        return ValueTask.CompletedTask;
    }

    public async ValueTask RunAsync(CancellationToken stop)
    {
        if (!_planned)
        {
            foreach (var split in await plan(readers.Parallelism, stop)) _left.AddLast(split);
            _planned = true;
        }
        _running = true;
        foreach (var subtask in _present) Serve(subtask);
    }

    public ValueTask HandleSplitRequestAsync(int subtask, CancellationToken stop)
    {
        if (_running) Serve(subtask);
        return ValueTask.CompletedTask;
    }

    public ValueTask AddSplitsBackAsync(IReadOnlyList<SourceSplit> splits, int subtask, CancellationToken stop)
    {
        // Begun files go first: others may wait for what stands behind them.
        foreach (var split in splits.Cast<FileSplit>().Reverse()) _left.AddFirst(split);
        if (_running && _present.Contains(subtask)) Serve(subtask);
        return ValueTask.CompletedTask;
    }

    public SplitAmount? Left => _planned ? SplitAmount.LeftOf(_left) : null;

    // Nothing is written before the plan is made: then the next enumerator makes it.
    public byte[] Snapshot(long checkpointId) => _planned ? FileSplit.ManyToBytes(_left) : [];

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void Serve(int subtask)
    {
        var count = Math.Min(_left.Count, Math.Max(1, _left.Count / (readers.Parallelism == 1 ? 1 : 2 * readers.Parallelism)));
        if (count > 0)
        {
            var given = new List<SourceSplit>(count);
            for (; given.Count < count; _left.RemoveFirst()) given.Add(_left.First!.Value);
            readers.Assign(subtask, given);
        }
        if (_left.Count == 0) readers.NoMoreSplits(subtask);
    }
}
