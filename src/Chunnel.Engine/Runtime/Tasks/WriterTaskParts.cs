using Chunnel.Control;
using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Engine;

/// <summary>What a sink loop is made of.</summary>
internal sealed record WriterTaskParts
{
    public required TaskLocation Location { get; init; }

    /// <summary>The sink's vertex, which keys its counters.</summary>
    public required string Vertex { get; init; }

    public required int Attempt { get; init; }

    public required int Subtask { get; init; }

    public required int Parallelism { get; init; }

    /// <summary>Replicas of the sink's writers.</summary>
    public required int Replicas { get; init; }

    /// <summary>Counts what the job's loops do.</summary>
    public required JobWork Work { get; init; }

    public required FlowChannel Input { get; init; }

    public required IReadOnlyList<ChainStep> Transforms { get; init; }

    /// <summary>One sink a table.</summary>
    public required IReadOnlyDictionary<string, ISink> Sinks { get; init; }

    /// <summary>The sink's aggregated committer, if it has one.</summary>
    public CommitterTask? Committer { get; init; }

    public required BatchMemory Memory { get; init; }

    public required TimeProvider Clock { get; init; }

    /// <summary>What the sink counts.</summary>
    public required SinkMeters Meters { get; init; }

    /// <summary>What becomes of rows that the sink refuses.</summary>
    public RefusedRows Refused { get; init; }

    /// <summary>Takes the rows that the sink and the transforms before it refuse.</summary>
    public required LetterDesk Desk { get; init; }

    public required ITaskReports Reports { get; init; }

    /// <summary>What this task acknowledged in an earlier attempt; empty on a fresh start.</summary>
    public IReadOnlyList<TableBytes> Restored { get; init; } = [];

    /// <summary>The checkpoint that the attempt goes on from; 0 for none.</summary>
    public long RestoredCheckpoint { get; init; }

    public required Action<string> Print { get; init; }

    public PrintLines? PrintLines { get; init; }

    public required Action<string> Warn { get; init; }

    public required Action<SkippedRow> Skipped { get; init; }

    /// <summary>Adds to the job's counter of a name.</summary>
    public required Action<string, long> Count { get; init; }
}
