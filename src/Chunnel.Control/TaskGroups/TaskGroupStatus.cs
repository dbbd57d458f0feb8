namespace Chunnel.Control;

/// <summary>The states of a task group within one attempt (engine.md 3.3).</summary>
public enum TaskGroupStatus
{
    Initializing,
    Created,

    /// <summary>Ordered; no node has confirmed it.</summary>
    Deploying,

    /// <summary>On its node: opening, waiting for the others, or moving rows.</summary>
    Running,

    /// <summary>Given up, but not known to have stopped.</summary>
    Failing,

    Failed,

    /// <summary>Told to stop.</summary>
    Canceling,

    Canceled,
    Finished,
}
