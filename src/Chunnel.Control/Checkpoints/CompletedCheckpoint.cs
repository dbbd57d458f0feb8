using System.Collections.Immutable;

namespace Chunnel.Control;

/// <summary>Acknowledged by every task and stored: a pipeline can be restored from it, and its commits may be repeated.</summary>
public sealed record CompletedCheckpoint
{
    /// <summary>From 1; the completed-point is always <see cref="long.MaxValue"/>.</summary>
    public required long Id { get; init; }

    public required CheckpointType Type { get; init; }

    /// <summary>The reader whose change it stands before or behind.</summary>
    public TaskLocation? Changing { get; init; }

    public required Instant TriggeredAt { get; init; }

    public required Instant CompletedAt { get; init; }

    public required ImmutableList<CheckpointPart> Parts { get; init; }

    /// <summary>Where the shell has stored it, in its own words.</summary>
    public string? Reference { get; init; }
}
