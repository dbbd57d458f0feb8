namespace Chunnel.Control;

/// <summary>A job's place in the queue.</summary>
public sealed record PendingRequest
{
    public required SlotRequest Request { get; init; }

    public required Instant EnqueuedAt { get; init; }

    /// <summary>How often it was looked at as the head of the queue.</summary>
    public int Checks { get; init; }

    /// <summary>When it was last; null while it has not been the head.</summary>
    public Instant? CheckedAt { get; init; }

    /// <summary>What was missing then.</summary>
    public SlotShortage? Shortage { get; init; }

    /// <summary>When its job last heard that it waits.</summary>
    internal Instant ToldAt { get; init; }
}
