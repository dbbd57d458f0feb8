namespace Chunnel.Control;

/// <summary>What the settings say about giving slots.</summary>
public sealed record SlotPolicy
{
    public SlotAllocation Allocation { get; init; } = SlotAllocation.Random;

    public ScheduleStrategy Schedule { get; init; } = ScheduleStrategy.Reject;

    /// <summary>How often the head of the queue is looked at when nothing happens that could help it.</summary>
    public TimeSpan CheckInterval { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How often a waiting job hears that it waits; well below <see cref="JobDeadlines.SlotAnswer"/>.</summary>
    public TimeSpan WordInterval { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Where the choices of <see cref="SlotAllocation.Random"/> begin: the same seed chooses the same.</summary>
    public ulong Seed { get; init; }
}
