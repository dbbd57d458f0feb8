namespace Chunnel.Control;

/// <summary>One pipeline of a waiting job.</summary>
/// <param name="Id">From 1.</param>
/// <param name="FullName">As the log names it.</param>
/// <param name="TaskGroups">All of them.</param>
public sealed record PendingPipeline(int Id, string FullName, IReadOnlyList<PendingTaskGroup> TaskGroups)
{
    public int Allocated => TaskGroups.Count(group => group.Lack is null);

    public int Lacking => TaskGroups.Count - Allocated;
}
