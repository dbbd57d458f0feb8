namespace Chunnel.Plugins;

/// <summary>
/// Plans the splits once and hands them out as readers ask: who is quick gets more. A reader gets several neighbours at a time, so that
/// asking costs little; the fewer are left, the fewer it gets.
/// </summary>
/// <param name="readers">Who asks.</param>
/// <param name="plan">Finds the splits for so many readers, in the order in which they are to be handed out.</param>
/// <param name="toBytes">Splits as bytes that are never none: no bytes say that nothing is planned yet.</param>
/// <param name="left">What an earlier enumerator had yet to hand out; null to plan.</param>
public sealed class DemandEnumerator<TSplit>(
    IEnumeratorContext readers, Func<int, CancellationToken, ValueTask<IReadOnlyList<TSplit>>> plan, Func<IEnumerable<TSplit>, byte[]> toBytes, IReadOnlyList<TSplit>? left)
    : ISplitEnumerator where TSplit : SourceSplit
{
    private readonly SortedSet<int> _present = [];
    private readonly LinkedList<TSplit> _left = new(left ?? []);
    private bool _planned = left is not null;
    private bool _running;

    public SplitAmount? Left => _planned ? SplitAmount.LeftOf(_left) : null;

    /// <summary>Neighbours as one reader is to get them: as they are.</summary>
    public Func<IReadOnlyList<TSplit>, IReadOnlyList<TSplit>> Together { get; init; } = neighbours => neighbours;

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
        // What was begun goes first: others may wait for what stands behind it.
        foreach (var split in splits.Cast<TSplit>().Reverse()) _left.AddFirst(split);
        if (_running && _present.Contains(subtask)) Serve(subtask);
        return ValueTask.CompletedTask;
    }

    public byte[] Snapshot(long checkpointId) => _planned ? toBytes(_left) : [];

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void Serve(int subtask)
    {
        var count = Math.Min(_left.Count, Math.Max(1, _left.Count / (readers.Parallelism == 1 ? 1 : 2 * readers.Parallelism)));
        if (count > 0)
        {
            var given = new List<TSplit>(count);
            for (; given.Count < count; _left.RemoveFirst()) given.Add(_left.First!.Value);
            readers.Assign(subtask, Together(given));
        }
        if (_left.Count == 0) readers.NoMoreSplits(subtask);
    }
}
