namespace Chunnel.Control.Tests.Simulation.Mutants;

/// <summary>Wrong: what an earlier master was told to do is not carried out by the next one.</summary>
internal sealed class ForgetsOrders : Brain
{
    public override Decision Resume(PlannedJob plan, JobPolicy policy, long epoch, Instant now, LoggedJob logged) =>
        base.Resume(plan, policy, epoch, now, logged with { IsCancelRequested = false, IsSavepointRequested = false });
}
