namespace Chunnel.Control.Tests.Simulation.SlotMutants;

/// <summary>Wrong: whatever is said of a worker is about the process that is there now.</summary>
internal sealed class BelievesEarlierProcesses : SlotBrain
{
    public override SlotDecision Decide(SlotState state, SlotEvent what, Instant now) =>
        what is SlotEvent.WorkerLost lost && state.Workers.TryGetValue(lost.Address, out var worker)
            ? base.Decide(state, lost with { Instance = worker.Profile.Instance }, now)
            : base.Decide(state, what, now);
}
