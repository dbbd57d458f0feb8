namespace Chunnel.Control;

/// <summary>Why state is taken (engine.md 6.1).</summary>
public enum CheckpointType
{
    /// <summary>Taken from time to time; the pipeline runs on.</summary>
    Checkpoint,

    /// <summary>A person asked for it: stored, and the job ends in SAVEPOINT_DONE.</summary>
    Savepoint,

    /// <summary>All readers are done: the last commit of a bounded pipeline.</summary>
    CompletedPoint,

    /// <summary>A reader holds a change of a table's schema: all rows before it are complete with this one, under the old schema.</summary>
    SchemaChangeBefore,

    /// <summary>The change has gone through the pipeline: with this one it is complete, and the rows behind it follow.</summary>
    SchemaChangeAfter,

    /// <summary>A person asked for it: stored, and the job runs on (SeaTunnel has none).</summary>
    PassingSavepoint,
}
