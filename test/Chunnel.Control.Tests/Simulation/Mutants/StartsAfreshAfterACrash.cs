using System.Collections.Immutable;

namespace Chunnel.Control.Tests.Simulation.Mutants;

/// <summary>Wrong: a new master does not look for checkpoints.</summary>
internal sealed class StartsAfreshAfterACrash : Brain
{
    public override Decision Resume(PlannedJob plan, JobPolicy policy, long epoch, Instant now, LoggedJob logged) =>
        base.Resume(plan, policy, epoch, now, logged with { Checkpoints = ImmutableDictionary<int, CompletedCheckpoint>.Empty });
}
