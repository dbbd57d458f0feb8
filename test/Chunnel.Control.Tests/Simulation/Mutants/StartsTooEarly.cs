namespace Chunnel.Control.Tests.Simulation.Mutants;

/// <summary>Wrong: one ready group counts for all groups of its pipeline.</summary>
internal sealed class StartsTooEarly : Brain
{
    public override Decision Decide(JobState state, JobEvent what, Instant now)
    {
        if (what is not JobEvent.TaskGroupReady ready) return base.Decide(state, what, now);
        var effects = new List<JobEffect>();
        var plan = state.Plan.Pipelines.Single(pipeline => pipeline.Id == ready.Group.PipelineId);
        foreach (var group in plan.TaskGroups)
        {
            var decision = base.Decide(state, ready with { Group = state.Plan.LocationOf(plan, group) }, now);
            state = decision.State;
            effects.AddRange(decision.Effects);
        }
        return new(state, [.. effects.OrderBy(effect => effect is not JobEffect.Persist)]);
    }
}
