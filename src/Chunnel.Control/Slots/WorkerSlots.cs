using System.Collections.Immutable;

namespace Chunnel.Control;

/// <summary>The slots of one worker: every one of them is either free or held by one grant.</summary>
public sealed record WorkerSlots
{
    /// <summary>What a worker without a fixed number of slots counts as under <see cref="SlotAllocation.SlotRatio"/>.</summary>
    private const double ShareOfDynamic = 0.5;

    public required WorkerProfile Profile { get; init; }

    /// <summary>By slot id.</summary>
    public ImmutableSortedDictionary<long, SlotGrant> Held { get; init; } = ImmutableSortedDictionary<long, SlotGrant>.Empty;

    /// <summary>Ids of slots that nobody holds; none where slots are made as they are asked for.</summary>
    public ImmutableSortedSet<long> Free { get; init; } = [];

    public WorkerLoad Load { get; init; } = WorkerLoad.Unknown;

    /// <summary>The highest slot id so far.</summary>
    internal long LastSlotId { get; init; }

    public bool IsDynamic => Profile.SlotCount is null;

    /// <summary>How many more task groups it can take.</summary>
    public int Room => IsDynamic ? int.MaxValue : Free.Count;

    /// <summary>How much of it is assigned, from 0 to 1.</summary>
    public double AssignedShare => Profile.SlotCount is { } count ? (double)Held.Count / count : ShareOfDynamic;

    internal static WorkerSlots Of(WorkerProfile profile)
    {
        var worker = new WorkerSlots { Profile = profile, LastSlotId = profile.SlotCount ?? 0 };
        if (profile.SlotCount is { } count) worker = worker with { Free = [.. Enumerable.Range(1, count).Select(id => (long)id)] };
        return profile.Load is { } load ? worker with { Load = worker.Load.Sampled(load) } : worker;
    }

    /// <summary>The slot that is given next; there must be room.</summary>
    internal SlotRef Next => new(Profile.Address, IsDynamic ? LastSlotId + 1 : Free.Min);

    internal WorkerSlots Give(SlotGrant grant) => this with
    {
        Held = Held.Add(grant.Slot.SlotId, grant),
        Free = Free.Remove(grant.Slot.SlotId),
        LastSlotId = Math.Max(LastSlotId, grant.Slot.SlotId),
        Load = Load with { SlotsGiven = Load.SlotsGiven + 1 },
    };

    internal bool Holds(SlotGrant grant) => Held.TryGetValue(grant.Slot.SlotId, out var held) && held == grant;

    internal WorkerSlots TakeBack(SlotGrant grant) => this with
    {
        Held = Held.Remove(grant.Slot.SlotId),
        Free = IsDynamic ? Free : Free.Add(grant.Slot.SlotId),
    };

    /// <summary>The same process tells its tags and load again.</summary>
    internal WorkerSlots Seen(WorkerProfile profile) => this with
    {
        Profile = profile with { SlotCount = Profile.SlotCount },
        Load = profile.Load is { } load ? Load.Sampled(load) : Load,
    };
}
