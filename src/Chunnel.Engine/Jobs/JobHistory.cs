using System.Collections.Concurrent;

namespace Chunnel.Engine;

/// <summary>Jobs that have ended, until they expire.</summary>
internal sealed class JobHistory(TimeSpan expires, TimeProvider clock)
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

    public void Add(JobView view) => _jobs[view.JobId] = view;

    private void Forget()
    {
        var oldest = clock.GetUtcNow() - expires;
        foreach (var (jobId, view) in _jobs)
        {
            if (view.Ended < oldest) _jobs.TryRemove(jobId, out _);
        }
    }
}
