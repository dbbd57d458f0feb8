using Chunnel.Control;
using Chunnel.Core;
using Chunnel.Engine;
using Chunnel.Plugins;

namespace Chunnel.Rest;

/// <summary>Everything that may be asked about jobs. Both faces of REST answer from here.</summary>
/// <param name="engine">Knows the jobs.</param>
public sealed class JobQuestions(ChunnelEngine engine)
{
    /// <summary>Jobs that have not ended, newest first (spec rest-api.md 5.2).</summary>
    internal IReadOnlyList<JobView> Running() =>
        [.. engine.Running.Reverse()];

    /// <summary>The same, to be looked at one by one.</summary>
    internal IReadOnlyList<JobHandle> Live() => [.. engine.Live.Reverse()];

    /// <summary>Another number after whatever changes that list, but for counters.</summary>
    internal int LiveChanges => engine.LiveChanges;

    /// <summary>What running jobs do with their time; null where the settings leave it off.</summary>
    internal RealtimeMetrics? Realtime => engine.Realtime;

    internal JobView? Find(long jobId) => engine.Find(jobId);

    /// <summary>Remembered jobs, by their end, oldest first (spec rest-api.md 5.4, decision D5).</summary>
    /// <param name="state">In any case; empty means all, an unknown one none.</param>
    /// <param name="newestFirst">The other way round.</param>
    internal IReadOnlyList<JobView> Ended(string? state, bool newestFirst)
    {
        var found = string.IsNullOrEmpty(state) ? engine.Ended : [.. engine.Ended.Where(job => job.Status.Name.Equals(state, StringComparison.OrdinalIgnoreCase))];
        return newestFirst ? [.. found.Reverse()] : found;
    }

    /// <exception cref="ChunnelException">It is not known; the message names the nearest.</exception>
    internal PluginDefinition Plugin(PluginKind kind, string name) => engine.Plugins.Get<PluginDefinition>(kind, name, TextPosition.Nowhere);

    /// <summary>Who waits for slots, and why (spec rest-api.md 5.7).</summary>
    internal PendingReport Pending(PendingQuestion question) => engine.Pending(question);

    /// <summary>Workers that carry every tag of a filter, with their slots.</summary>
    internal ClusterFigures Workers(IReadOnlyDictionary<string, string> filter) => ClusterFigures.Of(engine.Slots, filter);

    /// <param name="filter">Tags that a worker must carry to be counted.</param>
    internal Overview Overview(IReadOnlyDictionary<string, string> filter)
    {
        var slots = engine.Slots;
        var workers = ClusterFigures.Of(slots, filter);
        var pending = slots.Queue.Count;
        var jobs = engine.CountJobs();
        return new Overview(
            ProgramVersion.Version,
            ProgramVersion.Commit,
            workers.Total,
            workers.Free,
            workers.Workers.Count,
            // The two were not counted at the very same moment.
            Running: Math.Max(jobs.Where(count => !count.Key.IsTerminal).Sum(count => count.Value) - pending, 0),
            Pending: pending,
            Finished: jobs.GetValueOrDefault(JobStatus.Finished),
            Failed: jobs.GetValueOrDefault(JobStatus.Failed),
            Canceled: jobs.GetValueOrDefault(JobStatus.Canceled));
    }
}
