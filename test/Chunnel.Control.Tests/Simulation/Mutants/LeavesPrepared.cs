namespace Chunnel.Control.Tests.Simulation.Mutants;

/// <summary>Wrong: nobody is told of a checkpoint that will never be complete.</summary>
internal sealed class LeavesPrepared : Brain
{
    public override Decision Decide(JobState state, JobEvent what, Instant now)
    {
        var decision = base.Decide(state, what, now);
        return decision with { Effects = [.. decision.Effects.Where(effect => effect is not JobEffect.NotifyCheckpointAborted)] };
    }
}
