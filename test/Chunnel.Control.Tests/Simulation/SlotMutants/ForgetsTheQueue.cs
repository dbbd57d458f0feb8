namespace Chunnel.Control.Tests.Simulation.SlotMutants;

/// <summary>Wrong: what comes back is free, and nobody looks who waits for it.</summary>
internal sealed class ForgetsTheQueue : SlotBrain
{
    public override SlotDecision Decide(SlotState state, SlotEvent what, Instant now)
    {
        if (what is not SlotEvent.Released) return base.Decide(state, what, now);
        var decision = base.Decide(state with { Queue = state.Queue.Clear() }, what, now);
        return decision with { State = decision.State with { Queue = state.Queue, NextCheck = state.NextCheck } };
    }
}
