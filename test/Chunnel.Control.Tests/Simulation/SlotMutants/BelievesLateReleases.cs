using System.Collections.Immutable;

namespace Chunnel.Control.Tests.Simulation.SlotMutants;

/// <summary>Wrong: a release frees the slot, whatever its lease.</summary>
internal sealed class BelievesLateReleases : SlotBrain
{
    public override SlotDecision Decide(SlotState state, SlotEvent what, Instant now) =>
        base.Decide(state, what is SlotEvent.Released released ? new SlotEvent.Released(Present(state, released.Grants)) : what, now);

    private static ImmutableArray<SlotGrant> Present(SlotState state, ImmutableArray<SlotGrant> grants) =>
        [.. grants.Select(grant => state.Workers.TryGetValue(grant.Slot.Worker, out var worker) ? worker.Held.GetValueOrDefault(grant.Slot.SlotId, grant) : grant)];
}
