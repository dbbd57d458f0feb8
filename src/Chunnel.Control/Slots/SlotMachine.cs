using System.Collections.Immutable;
using System.Diagnostics;

namespace Chunnel.Control;

/// <summary>
/// Who has which slot, and who waits (engine.md 8): all slots of a request or none, waiting jobs first come first served, restores at once or not
/// at all. No input, output, clock or thread.
/// </summary>
public static partial class SlotMachine
{
    public static SlotDecision Decide(SlotState state, SlotEvent what, Instant now)
    {
        var draft = new SlotDraft(state, now) { IsTimerSpent = what is SlotEvent.CheckDue };
        switch (what)
        {
            case SlotEvent.WorkerSeen seen: Seen(draft, seen.Worker); break;
            case SlotEvent.WorkerLost lost: Lost(draft, lost.Address, lost.Instance); break;
            case SlotEvent.Requested requested: Request(draft, requested.Request); break;
            case SlotEvent.Withdrawn withdrawn: Withdraw(draft, withdrawn.JobId, withdrawn.Request); break;
            case SlotEvent.Released released: Release(draft, released.Grants); break;
            case SlotEvent.JobGone gone: Forget(draft, gone.JobId); break;
            case SlotEvent.CheckDue: Check(draft); break;
            default: throw new UnreachableException($"No rule for {what}.");
        }
        return draft.Finish();
    }

    private static void Seen(SlotDraft draft, WorkerProfile profile)
    {
        if (profile.Instance <= draft.State.LostInstances.GetValueOrDefault(profile.Address, long.MinValue)) return;
        var known = draft.State.Workers.GetValueOrDefault(profile.Address);
        if (known?.Profile.Instance > profile.Instance) return;
        if (known?.Profile.Instance == profile.Instance)
        {
            draft.Put(known.Seen(profile));
            if (known.Profile.Tags == profile.Tags) return;
        }
        else
        {
            if (known is not null) Lost(draft, profile.Address, known.Profile.Instance);
            draft.Put(WorkerSlots.Of(profile));
        }
        Serve(draft);
    }

    /// <summary>Its slots vanish. That the task groups there are lost, their jobs hear from whoever saw the worker go.</summary>
    private static void Lost(SlotDraft draft, string address, long instance)
    {
        if (instance > draft.State.LostInstances.GetValueOrDefault(address, long.MinValue))
        {
            draft.State = draft.State with { LostInstances = draft.State.LostInstances.SetItem(address, instance) };
        }
        if (draft.State.Workers.GetValueOrDefault(address) is not { } worker || worker.Profile.Instance > instance) return;
        foreach (var ofJob in worker.Held.Values.GroupBy(grant => grant.Group.JobId)) draft.LetGo(ofJob.Key, ofJob.ToHashSet());
        draft.State = draft.State with { Workers = draft.State.Workers.Remove(address) };
    }

    private static void Request(SlotDraft draft, SlotRequest request)
    {
        if (IsKnown(draft, request)) return;
        TakeBack(draft, request.GivesBack);
        if (draft.State.Policy.Schedule == ScheduleStrategy.Wait && !request.IsRestore) Enqueue(draft, request);
        else if (!TryGrant(draft, request)) draft.Answer(request.JobId, new JobEvent.SlotsDenied(request.Number, SlotShortage.Of(request, draft.State).Text));
        if (!request.GivesBack.IsEmpty) Serve(draft);
    }

    /// <summary>A request that comes twice is answered twice, with the same words.</summary>
    private static bool IsKnown(SlotDraft draft, SlotRequest request)
    {
        if (draft.State.Tickets.ContainsKey((request.JobId, request.Number)))
        {
            draft.Answer(request.JobId, new JobEvent.SlotsPending(request.Number));
            return true;
        }
        if (!draft.State.HeldByJob.TryGetValue(request.JobId, out var held)) return false;
        ImmutableArray<SlotGrant> granted = [.. held.Where(grant => grant.Request == request.Number)];
        if (granted.Length != request.Groups.Length) return false;
        draft.Answer(request.JobId, new JobEvent.SlotsGranted(request.Number, granted));
        return true;
    }

    private static bool TryGrant(SlotDraft draft, SlotRequest request)
    {
        if (SlotPlacement.TryPlace(draft, request) is not { } grants) return false;
        draft.Hold(request.JobId, grants);
        draft.Answer(request.JobId, new JobEvent.SlotsGranted(request.Number, grants));
        return true;
    }

    private static void Release(SlotDraft draft, IReadOnlyList<SlotGrant> grants)
    {
        TakeBack(draft, grants);
        Serve(draft);
    }

    private static void TakeBack(SlotDraft draft, IReadOnlyList<SlotGrant> grants)
    {
        foreach (var ofJob in grants.GroupBy(grant => grant.Group.JobId))
        {
            foreach (var grant in ofJob)
            {
                if (draft.State.Workers.GetValueOrDefault(grant.Slot.Worker) is { } worker && worker.Holds(grant)) draft.Put(worker.TakeBack(grant));
            }
            draft.LetGo(ofJob.Key, ofJob.ToHashSet());
        }
    }

    private static void Forget(SlotDraft draft, long jobId)
    {
        foreach (var request in draft.State.Queue.Values.Where(waiting => waiting.Request.JobId == jobId).Select(waiting => waiting.Request).ToList()) Dequeue(draft, request);
        if (draft.State.HeldByJob.TryGetValue(jobId, out var held)) TakeBack(draft, held);
        Serve(draft);
    }
}
