using Chunnel.Control;
using Chunnel.Engine;

namespace Chunnel.Rest;

/// <summary>Everything that may be asked about jobs. Both faces of REST answer from here.</summary>
/// <param name="engine">Knows the jobs.</param>
/// <param name="tags">The node's own attributes.</param>
public sealed class JobQuestions(ChunnelEngine engine, IReadOnlyDictionary<string, string> tags)
{
    /// <summary>Jobs that have not ended, newest first (spec rest-api.md 5.2).</summary>
    internal IReadOnlyList<JobView> Running() =>
        [.. engine.Running.Reverse()];

    internal JobView? Find(long jobId) => engine.Find(jobId);

    /// <summary>Remembered jobs, by their end, oldest first (spec rest-api.md 5.4, decision D5).</summary>
    /// <param name="state">In any case; empty means all, an unknown one none.</param>
    internal IReadOnlyList<JobView> Ended(string? state) =>
        string.IsNullOrEmpty(state) ? engine.Ended : [.. engine.Ended.Where(job => job.Status.Name.Equals(state, StringComparison.OrdinalIgnoreCase))];

    /// <param name="filter">Tags that a worker must carry to be counted.</param>
    internal Overview Overview(IReadOnlyDictionary<string, string> filter)
    {
        var jobs = engine.CountJobs();
        var pending = jobs.GetValueOrDefault(JobStatus.Pending);
        return new Overview(
            ProgramVersion.Version,
            ProgramVersion.Commit,
            Workers: filter.All(tag => tags.TryGetValue(tag.Key, out var value) && value == tag.Value) ? 1 : 0,
            Running: jobs.Where(count => !count.Key.IsTerminal).Sum(count => count.Value) - pending,
            Pending: pending,
            Finished: jobs.GetValueOrDefault(JobStatus.Finished),
            Failed: jobs.GetValueOrDefault(JobStatus.Failed),
            Canceled: jobs.GetValueOrDefault(JobStatus.Canceled));
    }
}
