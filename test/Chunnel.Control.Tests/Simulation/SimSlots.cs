namespace Chunnel.Control.Tests.Simulation;

/// <summary>Who owns which slot. A simple resource manager: all or nothing, first come first served, waiting or refusing.</summary>
internal sealed class SimSlots(int slotsPerWorker, bool waits)
{
    private readonly Dictionary<SlotRef, (long Job, SlotGrant Grant)?> _slots = [];
    private readonly List<SlotRequest> _queue = [];
    private long _nextSlot;

    public int Total => _slots.Count;

    public int Free => _slots.Count(slot => slot.Value is null);

    public IEnumerable<(long Job, SlotGrant Grant)> Assigned => _slots.Values.OfType<(long, SlotGrant)>();

    public IReadOnlyList<SlotRequest> Waiting => _queue;

    public void Register(string worker)
    {
        for (var index = 0; index < slotsPerWorker; index++) _slots[new(worker, ++_nextSlot)] = null;
    }

    public void Unregister(string worker)
    {
        foreach (var slot in _slots.Keys.Where(slot => slot.Worker == worker).ToArray()) _slots.Remove(slot);
    }

    /// <summary>The answer at once, or null while it waits.</summary>
    public JobEvent? Ask(SlotRequest request)
    {
        if (_queue.Count == 0 || request.IsRestore)
        {
            if (TryGrant(request) is { } grants) return grants;
        }
        if (!waits || request.IsRestore) return new JobEvent.SlotsDenied(request.Number, "NoEnoughResourceException: can't apply resource request with retry times: 3");
        _queue.Add(request);
        return null;
    }

    /// <summary>The head of the queue, if it can be served now.</summary>
    public (long Job, JobEvent Answer)? Serve()
    {
        if (_queue.Count == 0 || TryGrant(_queue[0]) is not { } granted) return null;
        var job = _queue[0].JobId;
        _queue.RemoveAt(0);
        return (job, granted);
    }

    public void Withdraw(long job, long request) => _queue.RemoveAll(waiting => waiting.JobId == job && waiting.Number == request);

    public void Release(long job, SlotGrant grant)
    {
        if (_slots.TryGetValue(grant.Slot, out var owner) && owner is { } is_ && is_.Job == job && is_.Grant == grant) _slots[grant.Slot] = null;
    }

    public bool IsOwnedBy(long job, SlotGrant grant) =>
        !_slots.TryGetValue(grant.Slot, out var owner) || (owner is { } is_ && is_.Job == job && is_.Grant == grant);

    private JobEvent.SlotsGranted? TryGrant(SlotRequest request)
    {
        var free = _slots.Where(slot => slot.Value is null).Select(slot => slot.Key).Take(request.Groups.Length).ToArray();
        if (free.Length < request.Groups.Length) return null;
        var grants = request.Groups.Select((group, index) => new SlotGrant(group, free[index], request.Number)).ToArray();
        foreach (var grant in grants) _slots[grant.Slot] = (request.JobId, grant);
        return new(request.Number, [.. grants]);
    }
}
