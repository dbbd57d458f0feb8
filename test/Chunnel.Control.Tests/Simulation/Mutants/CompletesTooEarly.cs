namespace Chunnel.Control.Tests.Simulation.Mutants;

/// <summary>Wrong: the first acknowledgement of a checkpoint counts for all.</summary>
internal sealed class CompletesTooEarly : Brain
{
    public override Decision Decide(JobState state, JobEvent what, Instant now)
    {
        if (what is not JobEvent.CheckpointAcknowledged first) return base.Decide(state, what, now);
        var effects = new List<JobEffect>();
        foreach (var task in state.Pipelines.Single(pipeline => pipeline.Plan.Id == first.Group.PipelineId).Checkpoint.Tasks)
        {
            var decision = base.Decide(state, first with { Group = task.Group, Task = task }, now);
            state = decision.State;
            effects.AddRange(decision.Effects);
        }
        return new(state, [.. effects.OrderBy(effect => effect is not JobEffect.Persist)]);
    }
}
