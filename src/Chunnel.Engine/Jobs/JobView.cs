using Chunnel.Config;
using Chunnel.Control;

namespace Chunnel.Engine;

/// <summary>A job as anyone may see it, at one moment. Answers of REST and of the command are made from it alone.</summary>
public sealed record JobView
{
    public required long JobId { get; init; }

    public required string Name { get; init; }

    public required JobStatus Status { get; init; }

    public string? ErrorText { get; init; }

    public required DateTimeOffset Submitted { get; init; }

    public DateTimeOffset? Ended { get; init; }

    public required JobDefinition Definition { get; init; }

    public bool StartsFromSavepoint { get; init; }

    public required IReadOnlyList<PipelineView> Pipelines { get; init; }

    public required MetricsView Metrics { get; init; }

    /// <summary>Slots that the job takes.</summary>
    public int Slots { get; init; }

    /// <summary>The highest attempt of any pipeline: a later life of the id counts on from it.</summary>
    public int LastAttempt { get; init; }
}

/// <summary>A pipeline of a job, at one moment.</summary>
public sealed record PipelineView
{
    public required int Id { get; init; }

    /// <summary><c>Job orders (7), Pipeline: [(1/2)]</c></summary>
    public required string FullName { get; init; }

    public required PipelineStatus Status { get; init; }

    public int Restores { get; init; }

    /// <summary>Subtasks of the source and of everything after it.</summary>
    public required int Parallelism { get; init; }

    public required IReadOnlyList<DagVertex> Vertices { get; init; }

    public required IReadOnlyList<DagEdge> Edges { get; init; }

    public required Guarantee Guarantee { get; init; }

    public required CheckpointsView Checkpoints { get; init; }

    public required MetricsView Metrics { get; init; }

    /// <summary>How far the source has come; null while that is not known, and for sources that never end.</summary>
    public ProgressView? Progress { get; init; }
}
