namespace Chunnel.Control.Tests.Simulation.SlotMutants;

/// <summary>Wrong: a request that comes twice is served twice.</summary>
internal sealed class AnswersAnew : SlotBrain
{
    public override SlotDecision Decide(SlotState state, SlotEvent what, Instant now)
    {
        if (what is not SlotEvent.Requested) return base.Decide(state, what, now);
        var decision = base.Decide(state with { HeldByJob = state.HeldByJob.Clear() }, what, now);
        return decision with { State = decision.State with { HeldByJob = decision.State.HeldByJob.AddRange(state.HeldByJob.Where(held => !decision.State.HeldByJob.ContainsKey(held.Key))) } };
    }
}
