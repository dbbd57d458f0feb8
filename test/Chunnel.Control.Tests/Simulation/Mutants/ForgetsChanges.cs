namespace Chunnel.Control.Tests.Simulation.Mutants;

/// <summary>Wrong: a reader that stands at a change of a schema is not let on.</summary>
internal sealed class ForgetsChanges : Brain
{
    public override Decision Decide(JobState state, JobEvent what, Instant now) =>
        base.Decide(state, what is JobEvent.SchemaChangeFound or JobEvent.SchemaChangePassed ? new JobEvent.DeadlinePassed() : what, now);
}
