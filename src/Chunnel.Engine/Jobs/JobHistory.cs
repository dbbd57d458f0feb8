using System.Collections.Concurrent;

namespace Chunnel.Engine;

/// <summary>Jobs that have ended, until they expire.</summary>
/// <param name="expires">How long a job is remembered after its end.</param>
/// <param name="clock">The time.</param>
/// <param name="forgotten">Told the id of every job that expires.</param>
internal sealed class JobHistory(TimeSpan expires, TimeProvider clock, Action<long> forgotten)
{
    private readonly ConcurrentDictionary<long, JobView> _jobs = new();

    public IReadOnlyList<JobView> All
    {
        get
        {
            Forget();
            return [.. _jobs.Values.OrderBy(view => view.Submitted).ThenBy(view => view.JobId)];
        }
    }

    public JobView? Find(long jobId)
    {
        Forget();
        return _jobs.GetValueOrDefault(jobId);
    }

    public void Add(JobView view)
    {
        Forget();
        _jobs[view.JobId] = view;
    }

    private void Forget()
    {
        var oldest = clock.GetUtcNow() - expires;
        foreach (var (jobId, view) in _jobs)
        {
            if (view.Ended < oldest && _jobs.TryRemove(KeyValuePair.Create(jobId, view))) forgotten(jobId);
        }
    }
}
