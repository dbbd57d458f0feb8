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
        [.. engine.Running.OrderByDescending(job => job.Submitted).ThenByDescending(job => job.JobId)];

    internal JobView? Find(long jobId) => engine.Find(jobId);

    /// <summary>Remembered jobs, by their end, oldest first (spec rest-api.md 5.4, decision D5).</summary>
    /// <param name="state">In any case; empty means all, an unknown one none.</param>
    internal IReadOnlyList<JobView> Ended(string? state) =>
    [
        .. engine.Ended
            .Where(job => string.IsNullOrEmpty(state) || job.Status.Name.Equals(state, StringComparison.OrdinalIgnoreCase))
            .OrderBy(job => job.Ended).ThenBy(job => job.JobId),
    ];

    /// <param name="filter">Tags that a worker must carry to be counted.</param>
    internal Overview Overview(IReadOnlyDictionary<string, string> filter)
    {
        var running = Running();
        var pending = running.Count(job => job.Status == JobStatus.Pending);
        var ended = engine.Ended;
        return new Overview(
            ProgramVersion.Version,
            ProgramVersion.Commit,
            Workers: filter.All(tag => tags.TryGetValue(tag.Key, out var value) && value == tag.Value) ? 1 : 0,
            Running: running.Count - pending,
            Pending: pending,
            Finished: ended.Count(job => job.Status == JobStatus.Finished),
            Failed: ended.Count(job => job.Status == JobStatus.Failed),
            Canceled: ended.Count(job => job.Status == JobStatus.Canceled));
    }
}
