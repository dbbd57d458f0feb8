using System.Diagnostics;

namespace Chunnel.Control;

/// <summary>How a checkpoint that is over went.</summary>
public enum CheckpointOutcome
{
    Completed,

    /// <summary>It did not come to its end, or the attempt was lost under it.</summary>
    Failed,

    /// <summary>Its pipeline was stopped.</summary>
    Canceled,
}

/// <summary>How REST spells it.</summary>
public static class CheckpointOutcomeNames
{
    extension(CheckpointOutcome outcome)
    {
        public string Name => outcome switch
        {
            CheckpointOutcome.Completed => "COMPLETED",
            CheckpointOutcome.Failed => "FAILED",
            CheckpointOutcome.Canceled => "CANCELED",
            _ => throw new UnreachableException($"No name for {outcome}."),
        };
    }
}
