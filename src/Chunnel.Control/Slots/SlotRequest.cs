using System.Collections.Immutable;

namespace Chunnel.Control;

/// <summary>Slots for all these groups or for none: a whole job at its start, one pipeline at a restore (engine.md 8.1).</summary>
/// <param name="JobId">Whose they will be.</param>
/// <param name="Number">Counts the requests of this job's id from 1, over all its lives; the answer carries it.</param>
/// <param name="Groups">One slot each.</param>
/// <param name="IsRestore">A restore does not wait in the queue: not enough slots now means denied.</param>
public sealed record SlotRequest(long JobId, long Number, ImmutableArray<TaskGroupLocation> Groups, bool IsRestore)
{
    /// <summary>Tags that a worker must carry, with equal values.</summary>
    public ImmutableDictionary<string, string> TagFilter { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Slots that the job kept from the attempt before: free again with this request, and before anybody else is served.</summary>
    public ImmutableArray<SlotGrant> GivesBack { get; init; } = [];

    public PendingSource Source { get; init; }
}
