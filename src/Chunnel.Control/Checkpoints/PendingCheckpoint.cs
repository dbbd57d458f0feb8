using System.Collections.Immutable;

namespace Chunnel.Control;

/// <summary>A barrier on its way, and who has not answered it.</summary>
public sealed record PendingCheckpoint
{
    public required long Id { get; init; }

    public required CheckpointType Type { get; init; }

    /// <summary>The reader whose change it stands before or behind.</summary>
    public TaskLocation? Changing { get; init; }

    public required Instant TriggeredAt { get; init; }

    public required Instant ExpiresAt { get; init; }

    public required ImmutableHashSet<TaskLocation> Unacknowledged { get; init; }

    public ImmutableList<CheckpointPart> Parts { get; init; } = [];

    /// <summary>All have answered: it is being stored.</summary>
    public bool IsAcknowledged => Unacknowledged.IsEmpty;
}
