using Chunnel.Plugins;

namespace Chunnel.Connectors.Jdbc;

/// <summary>Plans the splits once and hands them out as readers ask; neighbours are handed out as one, fewer the fewer are left.</summary>
internal sealed class JdbcEnumerator(IEnumeratorContext readers, Func<int, CancellationToken, ValueTask<IReadOnlyList<JdbcSplit>>> plan, byte[]? state) : ISplitEnumerator
{
    private readonly SortedSet<int> _present = [];
    private readonly LinkedList<JdbcSplit> _left = new(state is null or [] ? [] : JdbcSplit.ManyFromBytes(state));
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
        foreach (var split in splits.Cast<JdbcSplit>().Reverse()) _left.AddFirst(split);
        if (_running && _present.Contains(subtask)) Serve(subtask);
        return ValueTask.CompletedTask;
    }

    public SplitAmount? Left => _planned ? SplitAmount.LeftOf(_left) : null;

    // Nothing is written before the plan is made: then the next enumerator makes it.
    public byte[] Snapshot(long checkpointId) => _planned ? JdbcSplit.ManyToBytes(_left) : [];

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void Serve(int subtask)
    {
        var count = Math.Min(_left.Count, Math.Max(1, _left.Count / (readers.Parallelism == 1 ? 1 : 2 * readers.Parallelism)));
        if (count > 0)
        {
            var given = new List<SourceSplit>();
            for (; count > 0; count--, _left.RemoveFirst())
            {
                var split = _left.First!.Value;
                if (given.Count > 0 && given[^1] is JdbcSplit last && last.JoinsWith(split)) given[^1] = last.Join(split);
                else given.Add(split);
            }
            readers.Assign(subtask, given);
        }
        if (_left.Count == 0) readers.NoMoreSplits(subtask);
    }
}
