namespace Chunnel.Control;

/// <summary>What a checkpoint coordinator wants done.</summary>
public abstract record CheckpointEffect
{
    /// <summary>Send the barrier.</summary>
    public sealed record Trigger(PendingCheckpoint Checkpoint) : CheckpointEffect;

    /// <summary>Make it durable, then tell every task.</summary>
    public sealed record Complete(CompletedCheckpoint Checkpoint) : CheckpointEffect;

    /// <summary>The attempt is lost.</summary>
    public sealed record Fail(Failure Failure) : CheckpointEffect;
}
