namespace Chunnel.Control.Tests.Simulation.SlotMutants;

/// <summary>Wrong: a worker that was lost keeps its slots.</summary>
internal sealed class TrustsTheDead : SlotBrain
{
    public override SlotDecision Decide(SlotState state, SlotEvent what, Instant now) => what is SlotEvent.WorkerLost ? new(state, []) : base.Decide(state, what, now);
}
