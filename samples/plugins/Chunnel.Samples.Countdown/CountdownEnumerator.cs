using Chunnel.Plugins;

namespace Chunnel.Samples.Countdown;

/// <summary>There is one split, and the first reader gets it; the others are told that there is nothing for them.</summary>
internal sealed class CountdownEnumerator(IEnumeratorContext context, CountdownSplit? pending) : ISplitEnumerator
{
    private CountdownSplit? _pending = pending;
    private bool _running;

    public ValueTask OpenAsync(CancellationToken stop) => ValueTask.CompletedTask;

    public ValueTask AddReaderAsync(int subtask, CancellationToken stop) => ValueTask.CompletedTask;

    public ValueTask RunAsync(CancellationToken stop)
    {
        _running = true;
        Assign();
        return ValueTask.CompletedTask;
    }

    public ValueTask HandleSplitRequestAsync(int subtask, CancellationToken stop) => ValueTask.CompletedTask;

    public ValueTask AddSplitsBackAsync(IReadOnlyList<SourceSplit> splits, int subtask, CancellationToken stop)
    {
        _pending = (CountdownSplit)splits.Single();
        if (_running) Assign();
        return ValueTask.CompletedTask;
    }

    // What is not handed out yet. Nothing is a state too: an empty one.
    public byte[] Snapshot(long checkpointId) => _pending is null ? [] : CountdownSplit.ToBytes(_pending);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void Assign()
    {
        if (_pending is not null) context.Assign(0, [_pending]);
        _pending = null;
        for (var reader = 0; reader < context.Parallelism; reader++) context.NoMoreSplits(reader);
    }
}
