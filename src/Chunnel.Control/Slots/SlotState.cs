using System.Collections.Immutable;

namespace Chunnel.Control;

/// <summary>All slots and everyone who waits for some. Immutable: it may be kept and read from any thread.</summary>
public sealed record SlotState
{
    public required SlotPolicy Policy { get; init; }

    /// <summary>The reign whose leases this state gives.</summary>
    public required long Epoch { get; init; }

    /// <summary>By address.</summary>
    public ImmutableSortedDictionary<string, WorkerSlots> Workers { get; init; } = ImmutableSortedDictionary.Create<string, WorkerSlots>(StringComparer.Ordinal);

    /// <summary>Who waits, by ticket: the first is the head.</summary>
    public ImmutableSortedDictionary<long, PendingRequest> Queue { get; init; } = ImmutableSortedDictionary<long, PendingRequest>.Empty;

    /// <summary>What each job holds.</summary>
    public ImmutableDictionary<long, ImmutableArray<SlotGrant>> HeldByJob { get; init; } = ImmutableDictionary<long, ImmutableArray<SlotGrant>>.Empty;

    /// <summary>When the head is looked at again by itself; null while nobody waits.</summary>
    public Instant? NextCheck { get; init; }

    /// <summary>The ticket of each waiting request.</summary>
    internal ImmutableDictionary<(long JobId, long Number), long> Tickets { get; init; } = ImmutableDictionary<(long JobId, long Number), long>.Empty;

    /// <summary>The last process that was lost at each address.</summary>
    internal ImmutableDictionary<string, long> LostInstances { get; init; } = ImmutableDictionary.Create<string, long>(StringComparer.Ordinal);

    internal long LastTicket { get; init; }

    internal long LastLease { get; init; }

    internal Dice Dice { get; init; }

    /// <summary>No workers, nobody waits.</summary>
    public static SlotState Begin(SlotPolicy policy, long epoch) => new() { Policy = policy, Epoch = epoch, Dice = new(policy.Seed) };

    /// <summary>Workers that carry every tag of a filter.</summary>
    public IEnumerable<WorkerSlots> WorkersFor(IReadOnlyDictionary<string, string> filter) => Workers.Values.Where(worker => worker.Profile.Carries(filter));

    /// <summary>The jobs that hold slots on these workers, by id.</summary>
    /// <param name="workers">Where.</param>
    /// <param name="other">A job that does not count.</param>
    internal static ImmutableArray<long> HoldersOn(IEnumerable<WorkerSlots> workers, long? other = null) =>
        [.. workers.SelectMany(worker => worker.Held.Values).Select(grant => grant.Group.JobId).Where(job => job != other).Distinct().Order()];
}
