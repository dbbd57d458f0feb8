namespace Chunnel.Control.Tests.Simulation.Mutants;

/// <summary>Wrong: waits for ever.</summary>
internal sealed class IgnoresDeadlines : Brain
{
    public override Decision Decide(JobState state, JobEvent what, Instant now) =>
        what is JobEvent.DeadlinePassed ? new(state, []) : base.Decide(state, what, now);
}
