namespace Chunnel.Control.Tests.Simulation.Mutants;

/// <summary>Wrong: a savepoint that an earlier master was told to take in passing is not taken by the next one.</summary>
internal sealed class ForgetsPassingSavepoints : Brain
{
    public override Decision Resume(PlannedJob plan, JobPolicy policy, long epoch, Instant now, LoggedJob logged) =>
        base.Resume(plan, policy, epoch, now, logged with { SavedInPassing = null });
}
