namespace Chunnel.Engine;

/// <summary>Tells a task's loop what became of a checkpoint: set from outside, taken by the loop between two batches.</summary>
internal sealed class CheckpointNews
{
    private readonly Lock _lock = new();
    private readonly Queue<(Barrier Barrier, bool Completed)> _news = new();

    public void Add(Barrier barrier, bool completed)
    {
        lock (_lock) _news.Enqueue((barrier, completed));
    }

    public bool TryTake(out Barrier barrier, out bool completed)
    {
        lock (_lock)
        {
            var found = _news.TryDequeue(out var news);
            (barrier, completed) = news;
            return found;
        }
    }
}
