namespace Chunnel.Control.Tests.Simulation.Mutants;

/// <summary>Wrong: a group that found its state damaged counts as ready.</summary>
internal sealed class OverlooksDamage : Brain
{
    public override Decision Decide(JobState state, JobEvent what, Instant now) => base.Decide(
        state,
        what is JobEvent.TaskGroupFailed { Failure.Code.Id: "CHUNNEL-62" } failed ? new JobEvent.TaskGroupReady(failed.Group, failed.Attempt) : what,
        now);
}
