namespace Chunnel.Control.Tests.Simulation.Mutants;

/// <summary>Wrong: a checkpoint is complete with the states of the one before it.</summary>
internal sealed class KeepsOldParts : Brain
{
    public override Decision Decide(JobState state, JobEvent what, Instant now)
    {
        var decision = base.Decide(state, what, now);
        var next = decision.State;
        var effects = decision.Effects.ToList();
        for (var index = 0; index < effects.Count; index++)
        {
            if (effects[index] is not JobEffect.Persist { Record: ControlRecord.CheckpointCompleted completed }) continue;
            var pipeline = state.Pipelines.IndexOf(state.Pipelines.Single(candidate => candidate.Plan.Id == completed.PipelineId));
            if (state.Pipelines[pipeline].Checkpoint.Latest is not { } before) continue;
            var wrong = completed.Checkpoint with { Parts = before.Parts };
            effects[index] = new JobEffect.Persist(completed with { Checkpoint = wrong });
            var changed = next.Pipelines[pipeline];
            next = next with { Pipelines = next.Pipelines.SetItem(pipeline, changed with { Checkpoint = changed.Checkpoint with { Latest = wrong } }) };
        }
        return new(next, [.. effects]);
    }
}
