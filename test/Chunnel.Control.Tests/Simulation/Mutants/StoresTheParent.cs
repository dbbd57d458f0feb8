namespace Chunnel.Control.Tests.Simulation.Mutants;

/// <summary>Wrong: the job's state is kept beside its pipelines, and a cancelled one becomes CANCELED however they ended.</summary>
internal sealed class StoresTheParent : Brain
{
    public override Decision Decide(JobState state, JobEvent what, Instant now)
    {
        var decision = base.Decide(state, what, now);
        return decision with { Effects = [.. decision.Effects.Select(effect => Store(effect, state.Plan.FullName))] };
    }

    private static JobEffect Store(JobEffect effect, string job) =>
        effect is JobEffect.Publish { Change: { From: "CANCELING" } change } && change.FullName == job
            ? new JobEffect.Publish(change with { To = "CANCELED" })
            : effect;
}
