using System.Collections.Concurrent;
using Chunnel.Control;

namespace Chunnel.Engine;

/// <summary>Jobs that have ended, until they expire. Reading costs the same for one job as for ten thousand.</summary>
/// <param name="expires">How long a job is remembered after its end.</param>
/// <param name="clock">The time.</param>
/// <param name="forgotten">Told every job that expires.</param>
internal sealed class JobHistory(TimeSpan expires, TimeProvider clock, Action<JobView> forgotten)
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<long, JobView> _jobs = new();
    private readonly PriorityQueue<JobView, DateTimeOffset> _byEnd = new();
    private readonly Lock _lock = new();
    private IReadOnlyList<JobView>? _all;
    private Counted? _counts;
    private Task _loading = Task.CompletedTask;

    /// <summary>By their ends, oldest first.</summary>
    public IReadOnlyList<JobView> All
    {
        get
        {
            WaitUntilLoaded();
            Forget();
            if (Volatile.Read(ref _all) is { } known) return known;
            lock (_lock) return _all = [.. _jobs.Values.OrderBy(view => view.Ended).ThenBy(view => view.JobId)];
        }
    }

    /// <summary>How many of them are in each state.</summary>
    public IReadOnlyDictionary<JobStatus, int> Counts
    {
        get
        {
            var all = All;
            if (Volatile.Read(ref _counts) is { } known && ReferenceEquals(known.Of, all)) return known.Counts;
            var counts = all.CountBy(view => view.Status).ToDictionary();
            Volatile.Write(ref _counts, new Counted(all, counts));
            return counts;
        }
    }

    public JobView? Find(long jobId)
    {
        WaitUntilLoaded();
        Forget();
        return _jobs.GetValueOrDefault(jobId);
    }

    /// <summary>Adds what an earlier process has kept, without holding anyone up who does not ask for it.</summary>
    /// <param name="read">Reads it. It does not fail, unless it is told to stop.</param>
    public void Load(Func<Task<IReadOnlyList<JobView>>> read) => _loading = Task.Run(async () =>
    {
        try
        {
            foreach (var view in await read()) AddOnce(view);
        }
        catch (OperationCanceledException)
        {
            // The node stops.
        }
    });

    public void Add(JobView view)
    {
        lock (_lock)
        {
            _jobs[view.JobId] = view;
            _byEnd.Enqueue(view, view.Ended!.Value);
            _all = null;
        }
    }

    private void AddOnce(JobView view)
    {
        lock (_lock)
        {
            // the id may have had another life meanwhile
            if (_jobs.TryGetValue(view.JobId, out var known) && known.Ended >= view.Ended) return;
            _jobs[view.JobId] = view;
            _byEnd.Enqueue(view, view.Ended!.Value);
            _all = null;
        }
    }

    /// <summary>Whoever asks right after a start waits for the answer: a job that has ended is not unknown for a second. While storage is away, nobody waits for long.</summary>
    private void WaitUntilLoaded()
    {
        if (!_loading.IsCompleted) _loading.Wait(_patience);
    }

    /// <summary>Drops what has expired. Called by every reader, and now and then where nobody reads.</summary>
    /// <returns>How many.</returns>
    public int Forget()
    {
        var oldest = clock.GetUtcNow() - expires;
        var count = 0;
        for (; TakeExpired(oldest) is { } view; count++) forgotten(view);
        return count;
    }

    private JobView? TakeExpired(DateTimeOffset oldest)
    {
        lock (_lock)
        {
            while (_byEnd.TryPeek(out var view, out var ended) && ended < oldest)
            {
                _byEnd.Dequeue();
                // Where the id has had another life since, that one's end counts.
                if (!_jobs.TryRemove(KeyValuePair.Create(view.JobId, view))) continue;
                _all = null;
                return view;
            }
            return null;
        }
    }

    private sealed record Counted(IReadOnlyList<JobView> Of, IReadOnlyDictionary<JobStatus, int> Counts);
}
