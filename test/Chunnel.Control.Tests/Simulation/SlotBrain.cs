namespace Chunnel.Control.Tests.Simulation;

/// <summary>The slots as the simulator calls them; wrong variants take their place in the mutation tests.</summary>
internal class SlotBrain
{
    public virtual SlotDecision Decide(SlotState state, SlotEvent what, Instant now) => SlotMachine.Decide(state, what, now);
}
