namespace Chunnel.Control.Tests.Simulation.SlotMutants;

/// <summary>Wrong: a slot that was given counts as free.</summary>
internal sealed class GivesTwice : SlotBrain
{
    public override SlotDecision Decide(SlotState state, SlotEvent what, Instant now)
    {
        var decision = base.Decide(state, what, now);
        return what is SlotEvent.Requested ? decision with { State = decision.State with { Workers = state.Workers, HeldByJob = state.HeldByJob } } : decision;
    }
}
