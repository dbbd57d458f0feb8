using Chunnel.Control;

namespace Chunnel.Engine;

/// <summary>What a checkpoint is for (spec engine.md 6.1).</summary>
public enum CheckpointKind
{
    Checkpoint,
    Savepoint,

    /// <summary>The end of a bounded pipeline: everything prepared is committed, then the tasks close.</summary>
    CompletedPoint,

    /// <summary>Stands before a change of a table's schema: all rows of the old one are complete with it.</summary>
    SchemaChangeBefore,

    /// <summary>Stands behind it: the change is complete, rows of the new schema follow.</summary>
    SchemaChangeAfter,
}

/// <summary>Flows between two batches and divides the rows before a checkpoint from those after it.</summary>
/// <param name="CheckpointId">Which checkpoint.</param>
/// <param name="Kind">What for.</param>
/// <param name="Changing">The reader whose change it stands before or behind.</param>
public readonly record struct Barrier(long CheckpointId, CheckpointKind Kind, TaskLocation? Changing = null)
{
    /// <summary>After this checkpoint the tasks close.</summary>
    public bool Ends => Kind is CheckpointKind.Savepoint or CheckpointKind.CompletedPoint;
}
