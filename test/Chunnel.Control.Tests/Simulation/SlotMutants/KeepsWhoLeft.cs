namespace Chunnel.Control.Tests.Simulation.SlotMutants;

/// <summary>Wrong: who gives up waiting stays in the queue, and everybody behind waits too.</summary>
internal sealed class KeepsWhoLeft : SlotBrain
{
    public override SlotDecision Decide(SlotState state, SlotEvent what, Instant now) => what is SlotEvent.Withdrawn ? new(state, []) : base.Decide(state, what, now);
}
