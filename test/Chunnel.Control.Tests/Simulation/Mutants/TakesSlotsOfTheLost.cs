namespace Chunnel.Control.Tests.Simulation.Mutants;

/// <summary>Wrong: slots that were on their way when their worker was lost are taken.</summary>
internal sealed class TakesSlotsOfTheLost : Brain
{
    public override Decision Decide(JobState state, JobEvent what, Instant now)
    {
        var decision = base.Decide(state, what, now);
        return decision with { State = decision.State with { LostWorkers = JobState.NoneLost } };
    }
}
