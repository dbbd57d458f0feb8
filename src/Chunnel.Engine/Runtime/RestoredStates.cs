using Chunnel.Control;

namespace Chunnel.Engine;

/// <summary>
/// What an attempt is built from: the states of a checkpoint, dealt out to the subtasks that there are now. Subtask i of n gets what the
/// old subtasks i, i+n, i+2n, ... had (engine.md 6.6).
/// </summary>
internal sealed class RestoredStates(PipelineSnapshot? snapshot, int parallelism, long checkpointId)
{
    /// <summary>A fresh start: nobody has anything.</summary>
    public static readonly RestoredStates None = new(null, 1, 0);

    /// <summary>True when the attempt starts from nothing, so that enumerators look for splits anew.</summary>
    public bool IsFresh => snapshot is null;

    /// <summary>The checkpoint that they are of; 0 for a fresh start.</summary>
    public long CheckpointId => checkpointId;

    /// <summary>The states of a task, those of several old subtasks one after the other.</summary>
    public IReadOnlyList<byte[]> Of(string vertex, TaskKind kind, int subtask = 0) => [.. Find(vertex, kind, subtask).SelectMany(task => task.States)];

    /// <summary>What the old subtasks had counted.</summary>
    public IEnumerable<byte[]> CountersOf(string vertex, TaskKind kind, int subtask) => Find(vertex, kind, subtask).Select(task => task.Counters);

    private IEnumerable<TaskSnapshot> Find(string vertex, TaskKind kind, int subtask) => snapshot is null
        ? []
        : from task in snapshot.Tasks
          where task.Key.Vertex == vertex && task.Key.Kind == kind && (IsCoordinator(kind) || task.Key.Subtask % parallelism == subtask)
          orderby task.Key.Subtask
          select task.Value;

    private static bool IsCoordinator(TaskKind kind) => kind is TaskKind.Enumerator or TaskKind.AggregatedCommitter;
}
