namespace Chunnel.Control;

/// <summary>Why state is taken (engine.md 6.1). Both kinds end the pipeline.</summary>
public enum CheckpointType
{
    /// <summary>A person asked for it: stored, and the job ends in SAVEPOINT_DONE.</summary>
    Savepoint,

    /// <summary>All readers are done: the last commit of a bounded pipeline.</summary>
    CompletedPoint,
}
