namespace Chunnel.Control;

/// <summary>What can happen to one task group.</summary>
internal abstract record TaskGroupInput
{
    /// <summary>The job is prepared.</summary>
    internal sealed record Create : TaskGroupInput;

    internal sealed record Grant(SlotGrant Slot) : TaskGroupInput;

    internal sealed record Deploy : TaskGroupInput;

    internal sealed record Deployed : TaskGroupInput;

    internal sealed record Ready : TaskGroupInput;

    internal sealed record Start : TaskGroupInput;

    internal sealed record Seen(TaskGroupSighting Sighting) : TaskGroupInput;

    /// <param name="IsExpected">The pipeline's last checkpoint is complete, so its groups may end.</param>
    internal sealed record Finished(bool IsExpected) : TaskGroupInput;

    internal sealed record Canceled : TaskGroupInput;

    internal sealed record Failed(Failure Failure) : TaskGroupInput;

    internal sealed record NodeLost : TaskGroupInput;

    /// <param name="Within">How long it may take before it is abandoned.</param>
    internal sealed record Stop(TimeSpan Within) : TaskGroupInput;

    internal sealed record DeadlinePassed : TaskGroupInput;
}
