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
}
