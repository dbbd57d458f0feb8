using System.Collections.Immutable;

namespace Chunnel.Control.Tests.Simulation.SlotMutants;

/// <summary>Wrong: every worker will do.</summary>
internal sealed class OverlooksTags : SlotBrain
{
    public override SlotDecision Decide(SlotState state, SlotEvent what, Instant now) => base.Decide(
        state,
        what is SlotEvent.Requested asked ? new SlotEvent.Requested(asked.Request with { TagFilter = ImmutableDictionary<string, string>.Empty }) : what,
        now);
}
