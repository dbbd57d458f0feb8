namespace Chunnel.Control.Tests.Simulation.Mutants;

/// <summary>Wrong: a checkpoint counts before its states are where they last.</summary>
internal sealed class CompletesUnstored : Brain
{
    public override Decision Decide(JobState state, JobEvent what, Instant now)
    {
        var decision = base.Decide(state, what, now);
        if (decision.Effects.OfType<JobEffect.StoreCheckpoint>().FirstOrDefault() is not { } store) return decision;
        var next = base.Decide(decision.State, new JobEvent.CheckpointStored(store.PipelineId, store.Fence.Attempt, store.Checkpoint.Id, null), now);
        return new(next.State, [.. next.Effects.Concat(decision.Effects).OrderBy(effect => effect is not JobEffect.Persist)]);
    }
}
