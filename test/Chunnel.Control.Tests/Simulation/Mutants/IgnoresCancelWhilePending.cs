namespace Chunnel.Control.Tests.Simulation.Mutants;

/// <summary>Wrong, and what SeaTunnel does: a cancel of a pending job is answered and forgotten.</summary>
internal sealed class IgnoresCancelWhilePending : Brain
{
    public override Decision Decide(JobState state, JobEvent what, Instant now) =>
        what is JobEvent.CancelRequested && state.Status == JobStatus.Pending
            ? new(state, []) { Answer = new(OrderVerdict.Accepted) }
            : base.Decide(state, what, now);
}
