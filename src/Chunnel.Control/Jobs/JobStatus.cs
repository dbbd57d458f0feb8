namespace Chunnel.Control;

/// <summary>The states of a job (engine.md 3.1).</summary>
public enum JobStatus
{
    /// <summary>Accepted; save modes are running.</summary>
    Initializing,

    /// <summary>Planned, not in the queue yet.</summary>
    Created,

    /// <summary>Waiting for slots.</summary>
    Pending,

    /// <summary>Has its slots; tasks are being deployed.</summary>
    Scheduled,

    /// <summary>Every pipeline has run at least once.</summary>
    Running,

    Failing,
    Failed,

    /// <summary>Stopping with a savepoint.</summary>
    DoingSavepoint,

    SavepointDone,
    Canceling,
    Canceled,
    Finished,

    /// <summary>The answer for an id that nobody knows. No job is ever in it.</summary>
    Unknowable,
}
