namespace Chunnel.Control;

/// <summary>What can happen to a checkpoint coordinator.</summary>
public abstract record CheckpointEvent
{
    /// <summary>All tasks of the pipeline were told to start.</summary>
    public sealed record Started : CheckpointEvent;

    public sealed record ReaderDone(TaskLocation Task) : CheckpointEvent;

    /// <summary>A reader has come to a change of a table's schema and holds it.</summary>
    public sealed record SchemaChangeFound(TaskLocation Task) : CheckpointEvent;

    /// <summary>It has handed the change on, behind the checkpoint that stands before it.</summary>
    public sealed record SchemaChangePassed(TaskLocation Task) : CheckpointEvent;

    public sealed record SavepointWanted : CheckpointEvent;

    /// <summary>A savepoint is wanted that the pipeline runs on after. Over all attempts, until one is complete.</summary>
    public sealed record PassingSavepointWanted : CheckpointEvent;

    /// <summary>A savepoint was asked for before anything ran: what the pipeline would have started from is its savepoint.</summary>
    public sealed record NothingToSave : CheckpointEvent;

    public sealed record Acknowledged(TaskLocation Task, long Id, string? Reference, long StateBytes) : CheckpointEvent;

    /// <summary>The states of a checkpoint are where they last.</summary>
    public sealed record Stored(long Id, string? Reference) : CheckpointEvent;

    /// <summary>They could not be written.</summary>
    public sealed record NotStored(long Id, Failure Failure) : CheckpointEvent;

    public sealed record DeadlinePassed : CheckpointEvent;

    /// <summary>The attempt failed or was cancelled; what is pending is dropped.</summary>
    public sealed record Stopped(CheckpointStatus As) : CheckpointEvent;
}
