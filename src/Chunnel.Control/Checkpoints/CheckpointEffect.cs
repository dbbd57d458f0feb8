namespace Chunnel.Control;

/// <summary>What a checkpoint coordinator wants done.</summary>
public abstract record CheckpointEffect
{
    /// <summary>Send the barrier.</summary>
    public sealed record Trigger(PendingCheckpoint Checkpoint) : CheckpointEffect;

    /// <summary>Everyone has acknowledged: write the states where they last.</summary>
    public sealed record Store(PendingCheckpoint Checkpoint) : CheckpointEffect;

    /// <summary>Write down that it is complete, then tell every task.</summary>
    public sealed record Complete(CompletedCheckpoint Checkpoint) : CheckpointEffect;

    /// <summary>It will never be complete: what was prepared for it is dropped.</summary>
    public sealed record Abort(PendingCheckpoint Checkpoint) : CheckpointEffect;

    /// <summary>The attempt is lost.</summary>
    public sealed record Fail(Failure Failure) : CheckpointEffect;
}
