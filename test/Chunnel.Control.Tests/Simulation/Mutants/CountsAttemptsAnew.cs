namespace Chunnel.Control.Tests.Simulation.Mutants;

/// <summary>Wrong: a new master counts attempts from the beginning.</summary>
internal sealed class CountsAttemptsAnew : Brain
{
    public override Decision Resume(PlannedJob plan, JobPolicy policy, long epoch, Instant now, LoggedJob logged) =>
        base.Resume(plan, policy, epoch, now, logged with { LastAttempt = 0 });
}
