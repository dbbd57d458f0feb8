using Chunnel.Control;
using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Engine;

/// <summary>What a source loop is made of.</summary>
internal sealed record ReaderTaskParts
{
    public required TaskLocation Location { get; init; }

    public required int Subtask { get; init; }

    public required int Parallelism { get; init; }

    public required ISource Source { get; init; }

    /// <summary>The source's vertex, which names it in dead letters.</summary>
    public required string Vertex { get; init; }

    /// <summary>What becomes of what the source cannot read.</summary>
    public required RefusedRows Refused { get; init; }

    /// <summary>Takes the rows that the source and the loop's transforms refuse.</summary>
    public required LetterDesk Desk { get; init; }

    public required IReadOnlyList<ChainStep> Transforms { get; init; }

    /// <summary>One channel a sink.</summary>
    public required IReadOnlyList<FlowChannel> Outputs { get; init; }

    /// <summary>The edges of the job's graph that the channels lie on.</summary>
    public required IReadOnlyList<EdgeWork> Edges { get; init; }

    /// <summary>Counts what the job's loops do.</summary>
    public required JobWork Work { get; init; }

    public required BatchMemory Memory { get; init; }

    public required TimeProvider Clock { get; init; }

    public required SubtaskMetrics Metrics { get; init; }

    /// <summary>Is told how much was read.</summary>
    public required SourceProgress Progress { get; init; }

    public required ITaskReports Reports { get; init; }

    /// <summary>Whether the job takes checkpoints from time to time: a change of a schema waits for one then, and goes by in order else.</summary>
    public required bool TakesCheckpoints { get; init; }

    /// <summary>Told what event reports tell, by its name there.</summary>
    public required Action<string> Tell { get; init; }

    /// <summary>Rows that a batch should have at most, for the transforms that it meets.</summary>
    public required int BatchRows { get; init; }

    /// <inheritdoc cref="PipelinePlan.Wire"/>
    public required string? Wire { get; init; }

    /// <summary>The job's speed limit, if it has one.</summary>
    public SpeedLimit? Limit { get; init; }

    public required Action<int> RequestSplit { get; init; }

    public required Action<SkippedRow> Skipped { get; init; }

    /// <summary>Adds to the job's counter of a name.</summary>
    public required Action<string, long> Count { get; init; }

    public required Action<string> Warn { get; init; }
}
