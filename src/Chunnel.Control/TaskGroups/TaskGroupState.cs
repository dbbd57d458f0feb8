namespace Chunnel.Control;

/// <summary>One task group in the present attempt of its pipeline.</summary>
public sealed record TaskGroupState
{
    public TaskGroupStatus Status { get; init; } = TaskGroupStatus.Initializing;

    /// <summary>Its slot, from the grant until the group has ended.</summary>
    public SlotGrant? Slot { get; init; }

    /// <summary>Its tasks are open and restored; they wait for the others.</summary>
    public bool IsReady { get; init; }

    /// <summary>Its tasks were told to start.</summary>
    public bool IsStarted { get; init; }

    /// <summary>When the present state has lasted too long.</summary>
    public Deadline? Deadline { get; init; }

    /// <summary>Why it failed.</summary>
    public Failure? Failure { get; init; }

    public StateTimes<TaskGroupStatus> Times { get; init; } = StateTimes<TaskGroupStatus>.None;
}
