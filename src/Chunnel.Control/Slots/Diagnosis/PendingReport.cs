using System.Collections.Immutable;

namespace Chunnel.Control;

/// <summary>Who waits and why: the queue, the workers and the jobs asked for, all of one moment (engine.md 8.5).</summary>
public sealed record PendingReport(QueueFigures Queue, ClusterFigures Cluster, IReadOnlyList<PendingJob> Jobs)
{
    /// <param name="slots">The moment.</param>
    /// <param name="question">What is asked for.</param>
    /// <param name="planOf">A job's plan, for names; null for a job that has gone meanwhile.</param>
    /// <param name="now">The time of the question.</param>
    public static PendingReport Of(SlotState slots, PendingQuestion question, Func<long, PlannedJob?> planOf, Instant now)
    {
        var holders = new Dictionary<string, ImmutableArray<long>>();
        var jobs = new List<PendingJob>();
        foreach (var waiting in AskedFor(slots, question))
        {
            if (planOf(waiting.Request.JobId) is { } plan) jobs.Add(PendingJob.Of(waiting, plan, HoldersFor(waiting.Request.TagFilter), now));
        }
        return new(QueueFigures.Of(slots), ClusterFigures.Of(slots, question.TagFilter), jobs);

        // Many wait for the same workers: who holds their slots is found once.
        ImmutableArray<long> HoldersFor(ImmutableDictionary<string, string> filter)
        {
            var key = TagText.Of(filter);
            if (!holders.TryGetValue(key, out var found)) holders[key] = found = SlotState.HoldersOn(slots.WorkersFor(filter));
            return found;
        }
    }

    private static IEnumerable<PendingRequest> AskedFor(SlotState slots, PendingQuestion question) => question switch
    {
        { JobId: { } jobId } => slots.Queue.Values.Where(waiting => waiting.Request.JobId == jobId),
        { Limit: > 0 } => slots.Queue.Values.Take(question.Limit),
        _ => slots.Queue.Values,
    };
}
