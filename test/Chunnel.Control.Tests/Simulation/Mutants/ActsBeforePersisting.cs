namespace Chunnel.Control.Tests.Simulation.Mutants;

/// <summary>Wrong: acts first, remembers later.</summary>
internal sealed class ActsBeforePersisting : Brain
{
    public override Decision Decide(JobState state, JobEvent what, Instant now)
    {
        var decision = base.Decide(state, what, now);
        return decision with { Effects = [.. decision.Effects.OrderBy(effect => effect is JobEffect.Persist)] };
    }
}
