namespace Chunnel.Control.Tests.Simulation.Mutants;

/// <summary>Wrong: a report counts whatever attempt it is of.</summary>
internal sealed class AcceptsOldAttempts : Brain
{
    public override Decision Decide(JobState state, JobEvent what, Instant now)
    {
        if (what is JobEvent.TaskGroupReport report && state.Pipelines.FirstOrDefault(pipeline => pipeline.Plan.Id == report.Group.PipelineId) is { } pipeline)
        {
            what = report with { Attempt = pipeline.Attempt };
        }
        return base.Decide(state, what, now);
    }
}
