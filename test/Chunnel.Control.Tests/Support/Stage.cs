namespace Chunnel.Control.Tests;

/// <summary>Places in a job's life at which someone may give an order.</summary>
public enum Stage
{
    SaveModes,
    Pending,
    Deploying,
    Opening,
    Running,
    CompletedPoint,
    Closing,
    DoingSavepoint,
    Failing,
    RestoreWait,
    RestorePending,
    Canceling,
}
