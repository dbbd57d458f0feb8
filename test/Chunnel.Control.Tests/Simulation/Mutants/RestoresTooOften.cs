namespace Chunnel.Control.Tests.Simulation.Mutants;

/// <summary>Wrong by one: counts attempts where it should count restores.</summary>
internal sealed class RestoresTooOften : Brain
{
    public override Decision Begin(PlannedJob plan, JobPolicy policy, Instant now, JobOrigin origin) =>
        base.Begin(plan, policy with { RetryTimes = policy.RetryTimes + 1 }, now, origin);
}
