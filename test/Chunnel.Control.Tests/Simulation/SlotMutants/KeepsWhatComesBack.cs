namespace Chunnel.Control.Tests.Simulation.SlotMutants;

/// <summary>Wrong: slots that come back are not free.</summary>
internal sealed class KeepsWhatComesBack : SlotBrain
{
    public override SlotDecision Decide(SlotState state, SlotEvent what, Instant now) => what is SlotEvent.Released ? new(state, []) : base.Decide(state, what, now);
}
