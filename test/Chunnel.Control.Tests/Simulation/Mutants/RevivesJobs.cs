namespace Chunnel.Control.Tests.Simulation.Mutants;

/// <summary>Wrong: an order to a job that has ended takes it back to where it was before.</summary>
internal sealed class RevivesJobs : Brain
{
    private readonly Dictionary<long, JobState> _before = [];

    public override Decision Decide(JobState state, JobEvent what, Instant now)
    {
        if (state.Status.IsTerminal && what is JobEvent.CancelRequested && _before.TryGetValue(state.Plan.JobId, out var before)) return new(before, []);
        var decision = base.Decide(state, what, now);
        if (decision.State.Status.IsTerminal && !state.Status.IsTerminal) _before[state.Plan.JobId] = state;
        return decision;
    }
}
