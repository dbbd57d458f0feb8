namespace Chunnel.Control;

/// <summary>A checkpoint that is over, for whoever asks how they go. What it holds is not kept here.</summary>
public sealed record PastCheckpoint
{
    public required long Id { get; init; }

    public required CheckpointType Type { get; init; }

    public required CheckpointOutcome Outcome { get; init; }

    public required Instant TriggeredAt { get; init; }

    public required Instant EndedAt { get; init; }

    /// <summary>Of the tasks that acknowledged it.</summary>
    public required long StateBytes { get; init; }

    /// <summary>Why it is not complete; null where it is.</summary>
    public string? Reason { get; init; }

    public static PastCheckpoint Of(PendingCheckpoint pending, CheckpointOutcome outcome, Instant endedAt, string? reason = null) => new()
    {
        Id = pending.Id,
        Type = pending.Type,
        Outcome = outcome,
        TriggeredAt = pending.TriggeredAt,
        EndedAt = endedAt,
        StateBytes = pending.Parts.Sum(part => part.StateBytes),
        Reason = reason,
    };
}
