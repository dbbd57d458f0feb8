namespace Chunnel.Control.Tests.Simulation;

/// <summary>The control core as the simulator calls it; wrong variants of it take its place in the mutation tests.</summary>
internal class Brain
{
    public virtual Decision Begin(PlannedJob plan, JobPolicy policy, Instant now, JobOrigin origin) =>
        JobMachine.Begin(plan, policy, epoch: 1, now, origin);

    public virtual Decision Resume(PlannedJob plan, JobPolicy policy, long epoch, Instant now, LoggedJob logged) =>
        JobMachine.Resume(plan, policy, epoch, now, logged);

    public virtual Decision Decide(JobState state, JobEvent what, Instant now) => JobMachine.Decide(state, what, now);
}
