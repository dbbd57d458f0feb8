namespace Chunnel.Control.Tests.Simulation.Mutants;

/// <summary>Wrong: slots are not given back.</summary>
internal sealed class ForgetsSlots : Brain
{
    public override Decision Decide(JobState state, JobEvent what, Instant now)
    {
        var decision = base.Decide(state, what, now);
        return decision with { Effects = [.. decision.Effects.Where(effect => effect is not JobEffect.ReleaseSlots)] };
    }
}
