using System.Collections.Immutable;

namespace Chunnel.Control;

/// <summary>A job that waits, and what for (engine.md 8.5). Nothing is held for it: slots that "are there" are given when all are.</summary>
public sealed record PendingJob
{
    public required long JobId { get; init; }

    public required string Name { get; init; }

    public required PendingSource Source { get; init; }

    public required Instant EnqueuedAt { get; init; }

    /// <summary>When it was last looked at as the head of the queue; the time of the question while it never was.</summary>
    public required Instant CheckedAt { get; init; }

    public required int Checks { get; init; }

    public required ImmutableDictionary<string, string> TagFilter { get; init; }

    /// <summary>Other jobs that hold slots on workers that fit, by id.</summary>
    public required ImmutableArray<long> BlockedBy { get; init; }

    public required IReadOnlyList<PendingPipeline> Pipelines { get; init; }

    public int TaskGroups => Pipelines.Sum(pipeline => pipeline.TaskGroups.Count);

    public int Allocated => Pipelines.Sum(pipeline => pipeline.Allocated);

    public int Lacking => TaskGroups - Allocated;

    /// <summary>The most frequent lack of its task groups. There is one: a job that lacks nothing does not wait.</summary>
    public Lack Lack => Pipelines.SelectMany(pipeline => pipeline.TaskGroups).Select(group => group.Lack).OfType<Lack>().CountBy(lack => lack).MaxBy(counted => counted.Value).Key;

    internal static PendingJob Of(PendingRequest waiting, PlannedJob plan, ImmutableArray<long> holders, Instant now) => new()
    {
        JobId = plan.JobId,
        Name = plan.Name,
        Source = waiting.Request.Source,
        EnqueuedAt = waiting.EnqueuedAt,
        CheckedAt = waiting.CheckedAt ?? now,
        Checks = waiting.Checks,
        TagFilter = waiting.Request.TagFilter,
        BlockedBy = holders.Remove(plan.JobId),
        Pipelines = PipelinesOf(waiting, plan),
    };

    /// <summary>What was free at the last look counts for the first groups.</summary>
    private static List<PendingPipeline> PipelinesOf(PendingRequest waiting, PlannedJob plan)
    {
        var asked = waiting.Request.Groups.ToHashSet();
        var free = waiting.Shortage?.Free ?? 0;
        var lack = Lack.Of(waiting.Shortage);
        var pipelines = new List<PendingPipeline>(plan.Pipelines.Length);
        foreach (var pipeline in plan.Pipelines)
        {
            var groups = new List<PendingTaskGroup>(pipeline.TaskGroups.Length);
            foreach (var group in pipeline.TaskGroups)
            {
                var location = plan.LocationOf(pipeline, group);
                if (asked.Contains(location)) groups.Add(new(location, plan.FullNameOf(pipeline, group), free-- > 0 ? null : lack));
            }
            if (groups.Count > 0) pipelines.Add(new(pipeline.Id, plan.FullNameOf(pipeline), groups));
        }
        return pipelines;
    }
}
