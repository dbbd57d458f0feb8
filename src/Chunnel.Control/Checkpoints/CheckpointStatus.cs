namespace Chunnel.Control;

/// <summary>The states of a pipeline's checkpoint coordinator (engine.md 3.5).</summary>
public enum CheckpointStatus
{
    Running,

    /// <summary>The completed-point is complete: the groups commit and close.</summary>
    Finished,

    Canceled,
    Failed,

    /// <summary>Ended by a savepoint (SeaTunnel: SUSPEND).</summary>
    Suspended,
}
