using System.Collections.Concurrent;

namespace Chunnel.Engine;

/// <summary>Jobs that have ended, until they expire. Reading costs the same for one job as for ten thousand.</summary>
/// <param name="expires">How long a job is remembered after its end.</param>
/// <param name="clock">The time.</param>
/// <param name="forgotten">Told the id of every job that expires.</param>
internal sealed class JobHistory(TimeSpan expires, TimeProvider clock, Action<long> forgotten)
{
    private readonly ConcurrentDictionary<long, JobView> _jobs = new();
    private readonly PriorityQueue<JobView, DateTimeOffset> _byEnd = new();
    private readonly Lock _lock = new();
    private IReadOnlyList<JobView>? _all;

    /// <summary>By their ends, oldest first.</summary>
    public IReadOnlyList<JobView> All
    {
        get
        {
            Forget();
            if (Volatile.Read(ref _all) is { } known) return known;
            lock (_lock) return _all = [.. _jobs.Values.OrderBy(view => view.Ended).ThenBy(view => view.JobId)];
        }
    }

    public JobView? Find(long jobId)
    {
        Forget();
        return _jobs.GetValueOrDefault(jobId);
    }

    public void Add(JobView view)
    {
        lock (_lock)
        {
            _jobs[view.JobId] = view;
            _byEnd.Enqueue(view, view.Ended!.Value);
            _all = null;
        }
    }

    /// <summary>Drops what has expired. Called by every reader, and now and then where nobody reads.</summary>
    /// <returns>How many.</returns>
    public int Forget()
    {
        var oldest = clock.GetUtcNow() - expires;
        var count = 0;
        for (; TakeExpired(oldest) is { } view; count++) forgotten(view.JobId);
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
}
