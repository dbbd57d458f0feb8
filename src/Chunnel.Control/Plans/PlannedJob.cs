using System.Collections.Immutable;

namespace Chunnel.Control;

/// <summary>A job as planning hands it over: what the control core needs to know and no more (engine.md 2.4).</summary>
public sealed record PlannedJob
{
    public required long JobId { get; init; }

    public required string Name { get; init; }

    /// <summary>At least one; ids count from 1.</summary>
    public required ImmutableArray<PlannedPipeline> Pipelines { get; init; }

    /// <summary>Tags that a worker must carry, with equal values, to be given any of it; empty: all workers do.</summary>
    public ImmutableDictionary<string, string> TagFilter { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary><c>Job orders (733584788375666689)</c></summary>
    public string FullName => $"Job {Name} ({JobId})";

    public int TaskGroupCount => Pipelines.Sum(pipeline => pipeline.TaskGroups.Length);

    /// <summary><c>Job orders (7), Pipeline: [(1/2)]</c></summary>
    public string FullNameOf(PlannedPipeline pipeline) => $"{FullName}, Pipeline: [({pipeline.Id}/{Pipelines.Length})]";

    /// <summary><c>Job orders (7), Pipeline: [(1/2)], task: [pipeline-1 [Source[0]-FakeSource]-SourceTask (1/4)]</c></summary>
    public string FullNameOf(PlannedPipeline pipeline, PlannedTaskGroup group) =>
        $"{FullNameOf(pipeline)}, task: [{group.Name} ({group.Index + 1}/{group.Count})]";

    public TaskGroupLocation LocationOf(PlannedPipeline pipeline, PlannedTaskGroup group) => new(JobId, pipeline.Id, group.Id);
}
