namespace Chunnel.Control.Tests.Simulation.SlotMutants;

/// <summary>Wrong: a job that cannot get all its slots gets half of them.</summary>
internal sealed class GivesWhatThereIs : SlotBrain
{
    public override SlotDecision Decide(SlotState state, SlotEvent what, Instant now)
    {
        var decision = base.Decide(state, what, now);
        if (what is not SlotEvent.Requested { Request: { Groups.Length: > 1 } request } || decision.Effects is not [SlotEffect.Answer { What: JobEvent.SlotsDenied }]) return decision;
        return base.Decide(state, new SlotEvent.Requested(request with { Groups = [.. request.Groups.Take(request.Groups.Length / 2)] }), now);
    }
}
