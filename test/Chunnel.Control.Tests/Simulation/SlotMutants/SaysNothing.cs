namespace Chunnel.Control.Tests.Simulation.SlotMutants;

/// <summary>Wrong: who waits hears nothing, and gives up.</summary>
internal sealed class SaysNothing : SlotBrain
{
    public override SlotDecision Decide(SlotState state, SlotEvent what, Instant now)
    {
        var decision = base.Decide(state, what, now);
        return decision with { Effects = [.. decision.Effects.Where(effect => effect is not SlotEffect.Answer { What: JobEvent.SlotsPending })] };
    }
}
