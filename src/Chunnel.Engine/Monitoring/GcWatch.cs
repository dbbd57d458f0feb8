namespace Chunnel.Engine;

/// <summary>
/// Tells how long the two kinds of collections have stopped the program. .NET adds both up; here the sum is split as collections happen,
/// by an object that each of them finds dead.
/// </summary>
internal sealed class GcWatch
{
    private readonly Lock _lock = new();
    private TimeSpan _seen;
    private int _fullSeen;
    private TimeSpan _young;
    private TimeSpan _full;

    public GcWatch() => Renew(new WeakReference<GcWatch>(this));

    public (TimeSpan Young, TimeSpan Full) Pauses()
    {
        lock (_lock)
        {
            Split();
            return (_young, _full);
        }
    }

    private void Split()
    {
        var (total, full) = (GC.GetTotalPauseDuration(), GC.CollectionCount(2));
        var since = total - _seen;
        var ofFull = full == _fullSeen ? TimeSpan.Zero : LastFullPause();
        if (ofFull > since) ofFull = since;
        _full += ofFull;
        _young += since - ofFull;
        (_seen, _fullSeen) = (total, full);
    }

    private static TimeSpan LastFullPause()
    {
        var (blocking, background) = (GC.GetGCMemoryInfo(GCKind.FullBlocking), GC.GetGCMemoryInfo(GCKind.Background));
        var last = blocking.Index > background.Index ? blocking : background;
        var pause = TimeSpan.Zero;
        foreach (var part in last.PauseDurations) pause += part;
        return pause;
    }

    private static void Renew(WeakReference<GcWatch> watch) => _ = new Sentinel(watch);

    /// <summary>Nobody holds it: the next collection finds it, and its end is the news.</summary>
    private sealed class Sentinel(WeakReference<GcWatch> watch)
    {
        ~Sentinel()
        {
            if (Environment.HasShutdownStarted || !watch.TryGetTarget(out var target)) return;
            _ = target.Pauses();
            Renew(watch);
        }
    }
}
