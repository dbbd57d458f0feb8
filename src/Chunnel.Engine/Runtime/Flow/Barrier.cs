namespace Chunnel.Engine;

/// <summary>What a checkpoint is for (spec engine.md 6.1).</summary>
public enum CheckpointKind
{
    Checkpoint,
    Savepoint,

    /// <summary>The end of a bounded pipeline: everything prepared is committed, then the tasks close.</summary>
    CompletedPoint,
}

/// <summary>Flows between two batches and divides the rows before a checkpoint from those after it.</summary>
public readonly record struct Barrier(long CheckpointId, CheckpointKind Kind)
{
    /// <summary>After this checkpoint the tasks close.</summary>
    public bool Ends => Kind is CheckpointKind.Savepoint or CheckpointKind.CompletedPoint;
}
