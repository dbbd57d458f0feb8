namespace Chunnel.Control;

/// <summary>Which slot a task group was given, and by the answer to which request of its job.</summary>
public readonly record struct SlotGrant(TaskGroupLocation Group, SlotRef Slot, long Request)
{
    /// <summary>Which assignment of that slot this is.</summary>
    public SlotLease Lease { get; init; }

    /// <summary>Which process of the worker has the slot: with the process the slot is gone (<see cref="WorkerProfile.Instance"/>).</summary>
    public long Instance { get; init; }
}
