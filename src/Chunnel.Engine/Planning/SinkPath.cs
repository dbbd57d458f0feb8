using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Engine;

/// <summary>The way from where the stream divides to one sink.</summary>
public sealed record SinkPath
{
    /// <summary><c>pipeline-1 [Sink[0]-Console-MultiTableSink]</c></summary>
    public required string Vertex { get; init; }

    public required IReadOnlyList<TransformStep> Transforms { get; init; }

    /// <summary>One sink a table, by table id.</summary>
    public required IReadOnlyDictionary<string, ISink> Sinks { get; init; }

    public required bool HasAggregatedCommitter { get; init; }

    /// <summary>What becomes of rows that the sink refuses.</summary>
    public RefusedRows Refused { get; init; }

    /// <summary>Replicas of the writers in each subtask: <c>multi_table_sink_replica</c>.</summary>
    public int Replicas { get; init; } = 1;
}
