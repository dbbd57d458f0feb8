using System.Collections.Immutable;
using System.Diagnostics;

namespace Chunnel.Control;

/// <summary>Chooses a worker for each group of a request, one after the other (engine.md 8.3).</summary>
internal static class SlotPlacement
{
    /// <summary>The slots, taken; null, and nothing taken, when there are not enough.</summary>
    public static ImmutableArray<SlotGrant>? TryPlace(SlotDraft draft, SlotRequest request)
    {
        var workers = draft.State.WorkersFor(request.TagFilter).Where(worker => worker.Room > 0).ToList();
        if (workers.Sum(worker => (long)worker.Room) < request.Groups.Length) return null;
        var grants = ImmutableArray.CreateBuilder<SlotGrant>(request.Groups.Length);
        foreach (var group in request.Groups)
        {
            var index = Choose(draft, workers);
            var grant = new SlotGrant(group, workers[index].Next, request.Number) { Lease = draft.NextLease(), Instance = workers[index].Profile.Instance };
            workers[index] = workers[index].Give(grant);
            grants.Add(grant);
            if (workers[index].Room > 0) continue;
            draft.Put(workers[index]);
            workers.RemoveAt(index);
        }
        foreach (var worker in workers) draft.Put(worker);
        return grants.MoveToImmutable();
    }

    private static int Choose(SlotDraft draft, List<WorkerSlots> workers) => draft.State.Policy.Allocation switch
    {
        _ when workers.Count == 1 => 0,
        SlotAllocation.Random => draft.Throw(workers.Count),
        SlotAllocation.SlotRatio => Best(workers, worker => -worker.AssignedShare),
        SlotAllocation.SystemLoad => Best(workers, worker => worker.Load.Score(worker.AssignedShare)),
        var other => throw new UnreachableException($"No rule for {other}."),
    };

    /// <summary>The highest score; among equals the one with fewest slots given, then the first by address.</summary>
    private static int Best(List<WorkerSlots> workers, Func<WorkerSlots, double> score)
    {
        var best = 0;
        for (var index = 1; index < workers.Count; index++)
        {
            var better = score(workers[index]).CompareTo(score(workers[best]));
            if (better > 0 || (better == 0 && workers[index].Held.Count < workers[best].Held.Count)) best = index;
        }
        return best;
    }
}
