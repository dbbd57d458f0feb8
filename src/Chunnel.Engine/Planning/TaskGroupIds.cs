namespace Chunnel.Engine;

/// <summary>Ids of task groups within a pipeline: small numbers for coordinators, a prefix for the subtasks of the source. They never change between restores.</summary>
internal static class TaskGroupIds
{
    private const long SourcePrefix = 10_000;

    public static long OfSource(int subtask) => SourcePrefix + subtask;

    public static int SubtaskOf(long id) => (int)(id - SourcePrefix);
}
