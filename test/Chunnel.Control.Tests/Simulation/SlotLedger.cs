namespace Chunnel.Control.Tests.Simulation;

/// <summary>
/// Who has which slot and who waits, kept from nothing but what went in and came out: the truth that the slots' own state is held against
/// after every step (architecture.md 6, S6 and L1).
/// </summary>
internal sealed class SlotLedger
{
    private readonly Dictionary<string, WorkerProfile> _workers = new(StringComparer.Ordinal);
    private readonly Dictionary<SlotRef, SlotGrant> _held = [];
    private readonly HashSet<SlotLease> _over = [];
    private readonly Dictionary<string, long> _lost = new(StringComparer.Ordinal);
    private readonly List<SlotRequest> _waiting = [];
    private readonly Dictionary<(long JobId, long Number), SlotRequest> _asked = [];

    public IReadOnlyList<SlotRequest> Waiting => _waiting;

    public int Held => _held.Count;

    /// <summary>Neither given back, nor given to somebody else, nor gone with its worker.</summary>
    public bool MayUse(SlotGrant grant) => !_over.Contains(grant.Lease) && !IsLost(grant) && (!_held.TryGetValue(grant.Slot, out var held) || held == grant);

    private bool IsLost(SlotGrant grant) => _lost.TryGetValue(grant.Slot.Worker, out var lost) && grant.Instance <= lost;

    public void Take(SlotEvent what, SlotPolicy policy)
    {
        switch (what)
        {
            case SlotEvent.WorkerSeen seen: _workers[seen.Worker.Address] = seen.Worker; break;
            case SlotEvent.WorkerLost lost: Lose(lost); break;
            case SlotEvent.Requested requested: Ask(requested.Request, policy); break;
            case SlotEvent.Withdrawn withdrawn: _waiting.RemoveAll(request => request.JobId == withdrawn.JobId && request.Number == withdrawn.Request); break;
            case SlotEvent.Released released:
                foreach (var grant in released.Grants) Free(grant);
                break;
        }
    }

    public void Take(SlotEffect.Answer answer)
    {
        switch (answer.What)
        {
            case JobEvent.SlotsGranted granted: Grant(answer.JobId, granted); break;
            case JobEvent.SlotsDenied denied when _asked[(answer.JobId, denied.Request)] is { IsRestore: false } request && _waiting.Contains(request):
                throw new ViolationException("L1", $"job {answer.JobId} waits and is refused");
        }
    }

    public void Check(SlotState state)
    {
        Must(state.Workers.Keys.SequenceEqual(_workers.Keys.Order(StringComparer.Ordinal)), "S6", "workers are there that are not, or the other way round");
        var held = state.Workers.Values.SelectMany(worker => worker.Held.Values).ToList();
        Must(held.Count == _held.Count && held.All(grant => _held.GetValueOrDefault(grant.Slot) == grant), "S6", $"{held.Count} slots are held, {_held.Count} should be");
        Must(state.HeldByJob.Values.Sum(grants => grants.Length) == held.Count, "S6", "jobs hold more or less than workers gave");
        foreach (var worker in state.Workers.Values.Where(worker => !worker.IsDynamic))
        {
            Must(worker.Held.Count + worker.Free.Count == worker.Profile.SlotCount, "S6", $"{worker.Profile.Address} has {worker.Held.Count} held and {worker.Free.Count} free of {worker.Profile.SlotCount}");
        }
        var queue = state.Queue.Values.Select(waiting => (waiting.Request.JobId, waiting.Request.Number));
        Must(queue.SequenceEqual(_waiting.Select(request => (request.JobId, request.Number))), "queue", "those in the queue are not those who wait");
        Must(_waiting.Count == 0 || RoomFor(_waiting[0]) < _waiting[0].Groups.Length, "L1", "there are slots for the head of the queue, and it waits");
    }

    private void Ask(SlotRequest request, SlotPolicy policy)
    {
        foreach (var grant in request.GivesBack) Free(grant);
        if (_asked.TryAdd((request.JobId, request.Number), request) && policy.Schedule == ScheduleStrategy.Wait && !request.IsRestore) _waiting.Add(request);
    }

    private void Lose(SlotEvent.WorkerLost lost)
    {
        _lost[lost.Address] = lost.Instance;
        _workers.Remove(lost.Address);
        foreach (var slot in _held.Keys.Where(slot => slot.Worker == lost.Address).ToList()) _held.Remove(slot);
    }

    private void Free(SlotGrant grant)
    {
        _over.Add(grant.Lease);
        if (_held.TryGetValue(grant.Slot, out var held) && held == grant) _held.Remove(grant.Slot);
    }

    private void Grant(long jobId, JobEvent.SlotsGranted granted)
    {
        var request = _asked[(jobId, granted.Request)];
        Must(granted.Grants.Select(grant => grant.Group).ToHashSet().SetEquals(request.Groups), "all or nothing", $"job {jobId} asked for {request.Groups.Length} slots and was given {granted.Grants.Length}");
        if (granted.Grants.All(grant => _held.GetValueOrDefault(grant.Slot) == grant)) return;    // said again
        foreach (var grant in granted.Grants) Give(grant, request);
        if (request.IsRestore || _waiting.Count == 0) return;
        Must(_waiting[0] == request, "FIFO", $"job {jobId} is served before job {_waiting[0].JobId}");
        _waiting.RemoveAt(0);
    }

    private void Give(SlotGrant grant, SlotRequest request)
    {
        Must(_workers.TryGetValue(grant.Slot.Worker, out var worker), "S6", $"{grant.Slot} is given, and its worker is not there");
        Must(worker!.SlotCount is null || (grant.Slot.SlotId >= 1 && grant.Slot.SlotId <= worker.SlotCount), "S6", $"{grant.Slot} does not exist");
        Must(worker.Carries(request.TagFilter), "tags", $"job {request.JobId} is put where its tags are not");
        Must(_held.TryAdd(grant.Slot, grant), "S6", $"{grant.Slot} is given twice");
    }

    private long RoomFor(SlotRequest request) => _workers.Values.Where(worker => worker.Carries(request.TagFilter))
        .Sum(worker => worker.SlotCount is { } count ? count - _held.Keys.Count(slot => slot.Worker == worker.Address) : int.MaxValue);

    private static void Must(bool holds, string invariant, string otherwise)
    {
        if (!holds) throw new ViolationException(invariant, otherwise);
    }
}
