using System.Collections.Immutable;

namespace Chunnel.Control;

/// <summary>
/// Everything that the keeper of the slots can be told. What one job says comes in the order the job said it; all else may come late, twice or
/// out of order, and what no longer applies is ignored.
/// </summary>
public abstract record SlotEvent
{
    /// <summary>A worker describes itself: when it joins, when something has changed, and now and then.</summary>
    public sealed record WorkerSeen(WorkerProfile Worker) : SlotEvent;

    /// <summary>This process of a worker is gone, and its slots with it.</summary>
    public sealed record WorkerLost(string Address, long Instance) : SlotEvent;

    /// <summary>From <see cref="JobEffect.RequestSlots"/>. Answered at once, or the job waits and hears so.</summary>
    public sealed record Requested(SlotRequest Request) : SlotEvent;

    /// <summary>From <see cref="JobEffect.WithdrawSlotRequest"/>. What was granted already comes back by <see cref="Released"/>.</summary>
    public sealed record Withdrawn(long JobId, long Request) : SlotEvent;

    /// <summary>From <see cref="JobEffect.ReleaseSlots"/>. Of a slot that has another lease by now, nothing is freed.</summary>
    public sealed record Released(ImmutableArray<SlotGrant> Grants) : SlotEvent;

    /// <summary>Nobody listens for this job any more: what it waits for is forgotten, what it holds is free.</summary>
    public sealed record JobGone(long JobId) : SlotEvent;

    /// <summary>The time of <see cref="SlotEffect.StartTimer"/> has come. Harmless at any other time.</summary>
    public sealed record CheckDue : SlotEvent;
}
