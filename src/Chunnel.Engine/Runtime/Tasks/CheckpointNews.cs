namespace Chunnel.Engine;

/// <summary>Tells a task's loop what became of a checkpoint: set from outside, taken by the loop between two batches.</summary>
internal sealed class CheckpointNews
{
    private readonly Lock _lock = new();
    private readonly Queue<(Barrier Barrier, bool Completed)> _news = new();

    public bool IsEmpty
    {
        get
        {
            lock (_lock) return _news.Count == 0;
        }
    }

    public void Add(Barrier barrier, bool completed)
    {
        lock (_lock) _news.Enqueue((barrier, completed));
    }

    /// <summary>Acts on what there is, in its order. Something that was not acted on to its end stays, so that it is not lost with a cancel.</summary>
    /// <param name="act">Told the barrier and whether its checkpoint is complete; else it will never be.</param>
    /// <param name="stop">Ends the acting.</param>
    /// <returns>True when a checkpoint that ends the pipeline is complete.</returns>
    public async ValueTask<bool> TakeAsync(Func<Barrier, bool, CancellationToken, ValueTask> act, CancellationToken stop)
    {
        while (TryPeek(out var news))
        {
            await act(news.Barrier, news.Completed, stop);
            lock (_lock) _news.Dequeue();
            if (news is { Completed: true, Barrier.Ends: true }) return true;
        }
        return false;
    }

    private bool TryPeek(out (Barrier Barrier, bool Completed) news)
    {
        lock (_lock) return _news.TryPeek(out news);
    }
}
