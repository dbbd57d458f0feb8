using Chunnel.Control;

namespace Chunnel.Engine;

/// <summary>What <c>slot-service</c> and <c>job-schedule-strategy</c> say (spec engine.md 8, 12).</summary>
public sealed record SlotSettings
{
    /// <summary>Slots are made as jobs ask for them; then no job ever waits.</summary>
    public bool IsDynamic { get; init; } = true;

    /// <summary>How many there are otherwise: twice as many as processors.</summary>
    public int Count { get; init => field = value > 0 ? value : throw new ArgumentOutOfRangeException(nameof(Count)); } = 2 * Environment.ProcessorCount;

    public SlotAllocation Allocation { get; init; } = SlotAllocation.Random;

    public ScheduleStrategy Schedule { get; init; } = ScheduleStrategy.Reject;

    /// <summary>A job that finds no room where room is made on demand would wait for nothing: it is refused.</summary>
    internal bool ForcesReject => IsDynamic && Schedule == ScheduleStrategy.Wait;

    internal SlotPolicy ToPolicy(ulong seed) => new() { Allocation = Allocation, Schedule = ForcesReject ? ScheduleStrategy.Reject : Schedule, Seed = seed };
}
