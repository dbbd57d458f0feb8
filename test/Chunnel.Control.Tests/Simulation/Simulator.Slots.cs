using System.Collections.Immutable;

namespace Chunnel.Control.Tests.Simulation;

/// <content>The slots: what jobs ask and give back reaches them in order; what they answer takes its time and may come twice.</content>
internal sealed partial class Simulator
{
    private static readonly ImmutableDictionary<string, string>[] _tagSets =
    [
        ImmutableDictionary<string, string>.Empty,
        ImmutableDictionary<string, string>.Empty.Add("zone", "az1"),
        ImmutableDictionary<string, string>.Empty.Add("zone", "az2").Add("disk", "ssd"),
    ];

    private readonly SlotBrain _slotBrain;
    private readonly SlotPolicy _slotPolicy;
    private SlotLedger _ledger = new();
    private readonly int? _slotsPerWorker;
    private SlotState _slots;
    private Instant? _slotTimer;

    private void Register(SimWorker worker)
    {
        worker.Registered = worker.Incarnation;
        Beat(worker, _tagSets[_dice.Next(_tagSets.Length)]);
    }

    /// <summary>A worker tells of itself; an old message of a process that is gone may follow.</summary>
    private void Beat(SimWorker worker, ImmutableDictionary<string, string> tags)
    {
        var load = new SystemLoad(_dice.NextDouble(), _dice.NextDouble());
        var profile = new WorkerProfile { Address = worker.Address, Instance = worker.Registered, SlotCount = _slotsPerWorker, Tags = tags, Load = load };
        TellSlots(new SlotEvent.WorkerSeen(profile));
    }

    private void Retag(SimWorker worker)
    {
        if (worker is { IsUp: true } && worker.Registered == worker.Incarnation) Beat(worker, _tagSets[_dice.Next(_tagSets.Length)]);
    }

    private void Unregister(SimWorker worker)
    {
        var lost = new SlotEvent.WorkerLost(worker.Address, worker.Registered);
        TellSlots(lost);
        if (!Fault(_faults.Repeat)) return;
        // What a lost process said last, and what was said of it, may come when the next one is there already.
        var last = new SlotEvent.WorkerSeen(new() { Address = worker.Address, Instance = worker.Registered, SlotCount = _slotsPerWorker });
        After(0.1, 30, InThisReign(() => TellSlots(last, isLate: true)));
        After(0.1, 30, InThisReign(() => TellSlots(lost, isLate: true)));
    }

    private void RequestSlots(SlotRequest request)
    {
        TellSlots(new SlotEvent.Requested(request));
        if (Fault(_faults.Repeat)) TellSlots(new SlotEvent.Requested(request));
    }

    private void Release(JobEffect.ReleaseSlots release)
    {
        var released = new SlotEvent.Released(release.Grants);
        TellSlots(released);
        if (Fault(_faults.Repeat)) After(0.001, 20, InThisReign(() => TellSlots(released)));
    }

    private void TellSlots(SlotEvent what, bool isLate = false)
    {
        var decision = _slotBrain.Decide(_slots, what, Now);
        _slots = decision.State;
        if (!isLate) _ledger.Take(what, _slots.Policy);
        foreach (var effect in decision.Effects) Do(effect);
        _ledger.Check(_slots);
    }

    private void Do(SlotEffect effect)
    {
        switch (effect)
        {
            case SlotEffect.Answer answer:
                Note(answer.What.GetType().Name, answer.JobId);
                _ledger.Take(answer);
                SendAnswer(_jobs[answer.JobId], answer.What);
                break;
            case SlotEffect.StartTimer timer:
                _slotTimer = timer.At;
                At(timer.At, InThisReign(() =>
                {
                    if (_slotTimer == timer.At || Chance(0.1)) TellSlots(new SlotEvent.CheckDue());
                }));
                break;
            case SlotEffect.Say: break;
            default: throw new ViolationException("shell", $"no hand for {effect}");
        }
    }

    /// <summary>Answers are not lost, but they take their time and may come twice; one that nobody can take gives its slots back.</summary>
    private void SendAnswer(SimJob job, JobEvent answer)
    {
        var copies = Fault(_faults.Repeat) ? 2 : 1;
        for (; copies > 0; copies--)
        {
            After(0.001, 0.3, InThisReign(() =>
            {
                if (ReferenceEquals(_jobs[job.Plan.JobId], job)) Tell(job, answer);
                else if (answer is JobEvent.SlotsGranted granted) Release(new JobEffect.ReleaseSlots(granted.Grants));
            }));
        }
    }
}
