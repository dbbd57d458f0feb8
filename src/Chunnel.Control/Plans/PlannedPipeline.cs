using System.Collections.Immutable;

namespace Chunnel.Control;

/// <summary>One connected sub-graph of a job and the task groups that run it; fails and restores as a whole.</summary>
public sealed record PlannedPipeline(int Id, ImmutableArray<PlannedTaskGroup> TaskGroups)
{
    private readonly Dictionary<long, int> _indexById =
        TaskGroups.Select((group, index) => (group.Id, index)).ToDictionary(entry => entry.Id, entry => entry.index);

    /// <summary>Where a group stands in <see cref="TaskGroups"/>; -1 for an id that is not of this pipeline.</summary>
    public int IndexOf(long taskGroupId) => _indexById.GetValueOrDefault(taskGroupId, -1);
}
