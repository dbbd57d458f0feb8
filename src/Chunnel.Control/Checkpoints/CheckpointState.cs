using System.Collections.Immutable;

namespace Chunnel.Control;

/// <summary>The checkpoint coordinator of one pipeline, as a value.</summary>
public sealed record CheckpointState
{
    /// <summary>The id of every completed-point (engine.md 6.1).</summary>
    public const long CompletedPointId = long.MaxValue;

    /// <summary>All tasks of the pipeline: a checkpoint is complete when each has acknowledged it.</summary>
    public required ImmutableHashSet<TaskLocation> Tasks { get; init; }

    /// <summary>Those of them that read.</summary>
    public required ImmutableHashSet<TaskLocation> Readers { get; init; }

    public CheckpointStatus Status { get; init; } = CheckpointStatus.Running;

    /// <summary>Ids only rise (S3), over attempts as well.</summary>
    public long NextId { get; init; } = 1;

    public PendingCheckpoint? Pending { get; init; }

    /// <summary>What the next attempt restores from.</summary>
    public CompletedCheckpoint? Latest { get; init; }

    /// <summary>How the checkpoints went, for whoever asks.</summary>
    public CheckpointHistory History { get; init; } = CheckpointHistory.None;

    /// <summary>Readers with nothing more to read.</summary>
    public ImmutableHashSet<TaskLocation> ReadersDone { get; init; } = [];

    /// <summary>All tasks were told to start; before that no barrier goes out.</summary>
    public bool IsStarted { get; init; }

    /// <summary>A savepoint was asked for: it is triggered as soon as no other checkpoint is under way.</summary>
    public bool IsSavepointWanted { get; init; }

    /// <summary>A savepoint that the pipeline runs on after was asked for, and none of those taken since is complete.</summary>
    public bool IsPassingSavepointWanted { get; init; }

    /// <summary>Readers that hold a change of a schema, in the order in which they came to it: one after the other goes on.</summary>
    public ImmutableList<TaskLocation> ChangesHeld { get; init; } = [];

    /// <summary>The change whose turn it is. Until it is complete no other checkpoint begins.</summary>
    public ChangeUnderWay? Change { get; init; }

    /// <summary>When the next periodic checkpoint is due; null where none is.</summary>
    public Instant? NextTriggerAt { get; init; }

    /// <summary>When a pipeline that is told to close must have closed.</summary>
    public Instant? CloseBy { get; init; }

    /// <summary>The last checkpoint of the pipeline is complete: its groups commit, close and end.</summary>
    public bool IsClosing => Status is CheckpointStatus.Finished or CheckpointStatus.Suspended;

    public Instant? NextDeadline => Instant.Earliest(Instant.Earliest(Pending?.ExpiresAt, CloseBy), Pending is null ? Instant.Earliest(NextTriggerAt, OverdueChange) : null);

    /// <summary>When a change that is on its way to be handed on is overdue.</summary>
    internal Instant? OverdueChange => Change is { HasPassed: false } change ? change.PassBy : null;

    public static CheckpointState Of(PlannedJob job, PlannedPipeline pipeline, CompletedCheckpoint? origin = null)
    {
        var tasks =
            from taskGroup in pipeline.TaskGroups
            from task in taskGroup.Tasks
            select (task.Kind, At: new TaskLocation(job.LocationOf(pipeline, taskGroup), task.Index));
        var all = tasks.ToArray();
        return new()
        {
            Tasks = [.. all.Select(task => task.At)],
            Readers = [.. all.Where(task => task.Kind == TaskKind.Reader).Select(task => task.At)],
            Latest = origin,
            History = origin is null ? CheckpointHistory.None : CheckpointHistory.None.WithRestored(),
            NextId = origin is { Id: < CompletedPointId } ? origin.Id + 1 : 1,
        };
    }

    /// <summary>The coordinator of the next attempt: it keeps what is complete and how far the ids are.</summary>
    public CheckpointState Restarted() => this with
    {
        Status = CheckpointStatus.Running,
        Pending = null,
        History = Latest is null ? History : History.WithRestored(),
        ReadersDone = [],
        IsStarted = false,
        IsSavepointWanted = false,
        ChangesHeld = [],
        Change = null,
        NextTriggerAt = null,
        CloseBy = null,
    };
}
