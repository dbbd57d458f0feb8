namespace Chunnel.Control.Tests.Simulation.SlotMutants;

/// <summary>Wrong: whoever fits is served, and the big wait for ever.</summary>
internal sealed class ServesTheSmallFirst : SlotBrain
{
    public override SlotDecision Decide(SlotState state, SlotEvent what, Instant now)
    {
        if (what is not SlotEvent.Requested { Request.IsRestore: false } asked || state.Queue.IsEmpty) return base.Decide(state, what, now);
        var alone = base.Decide(state with { Policy = state.Policy with { Schedule = ScheduleStrategy.Reject } }, asked, now);
        return alone.Effects.Any(effect => effect is SlotEffect.Answer { What: JobEvent.SlotsGranted })
            ? alone with { State = alone.State with { Policy = state.Policy } }
            : base.Decide(state, what, now);
    }
}
