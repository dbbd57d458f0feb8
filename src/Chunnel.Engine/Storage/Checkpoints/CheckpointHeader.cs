using Chunnel.Control;

namespace Chunnel.Engine;

/// <summary>What a stored checkpoint says of itself.</summary>
public sealed record CheckpointHeader
{
    public required long JobId { get; init; }

    public required int PipelineId { get; init; }

    public required long CheckpointId { get; init; }

    /// <summary>The deployment of the pipeline that it comes from.</summary>
    public required int Attempt { get; init; }

    public required CheckpointType Type { get; init; }

    /// <summary>To the millisecond.</summary>
    public required DateTimeOffset TriggeredAt { get; init; }
}
