using System.Collections.Immutable;

namespace Chunnel.Control;

/// <summary>One decision about slots in the making: the state so far and the effects so far.</summary>
internal sealed class SlotDraft(SlotState start, Instant now)
{
    private readonly List<SlotEffect> _effects = [];
    private readonly Instant? _timer = start.NextCheck;

    public SlotState State { get; set; } = start;

    public Instant Now { get; } = now;

    /// <summary>The timer has fired, perhaps a little early: it is set again even for the same time.</summary>
    public bool IsTimerSpent { get; init; }

    public void Do(SlotEffect effect) => _effects.Add(effect);

    public void Answer(long jobId, JobEvent what) => Do(new SlotEffect.Answer(jobId, what));

    public void Put(WorkerSlots worker) => State = State with { Workers = State.Workers.SetItem(worker.Profile.Address, worker) };

    public SlotLease NextLease()
    {
        State = State with { LastLease = State.LastLease + 1 };
        return new(State.Epoch, State.LastLease);
    }

    public int Throw(int sides)
    {
        var number = State.Dice.Throw(sides, out var next);
        State = State with { Dice = next };
        return number;
    }

    public void Hold(long jobId, ImmutableArray<SlotGrant> grants)
    {
        var held = State.HeldByJob.TryGetValue(jobId, out var before) ? before.AddRange(grants) : grants;
        State = State with { HeldByJob = State.HeldByJob.SetItem(jobId, held) };
    }

    /// <summary>The job does not hold these any more.</summary>
    public void LetGo(long jobId, IReadOnlySet<SlotGrant> grants)
    {
        if (!State.HeldByJob.TryGetValue(jobId, out var before)) return;
        var after = before.RemoveAll(grants.Contains);
        State = State with { HeldByJob = after.IsEmpty ? State.HeldByJob.Remove(jobId) : State.HeldByJob.SetItem(jobId, after) };
    }

    /// <summary>The decision. While somebody waits there is a time for the next look at the head.</summary>
    public SlotDecision Finish()
    {
        if (State.Queue.IsEmpty) State = State with { NextCheck = null };
        else if (State.NextCheck is null) State = State with { NextCheck = Now + State.Policy.CheckInterval };
        if (State.NextCheck is { } at && (IsTimerSpent || at != _timer)) Do(new SlotEffect.StartTimer(at));
        return new(State, _effects);
    }
}
