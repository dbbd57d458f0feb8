namespace Chunnel.Control;

/// <summary>The states of a pipeline (engine.md 3.2).</summary>
public enum PipelineStatus
{
    Initializing,

    /// <summary>Waiting for slots, or for the interval before a restore to pass.</summary>
    Created,

    /// <summary>Has its slots.</summary>
    Scheduled,

    Deploying,
    Running,
    Failing,
    Failed,
    Canceling,
    Canceled,
    Finished,
}
