using System.Collections.Immutable;

namespace Chunnel.Control;

/// <summary>Everything that a job can be told. Each may come late, twice or out of order; what no longer applies is ignored.</summary>
public abstract record JobEvent
{
    /// <summary>A person wants the job to stop. Legal in every state and as often as they like.</summary>
    public sealed record CancelRequested : JobEvent;

    /// <summary>A person wants the job to stop with a savepoint. Legal in every state and as often as they like.</summary>
    public sealed record SavepointRequested : JobEvent;

    /// <summary>A person wants a savepoint, and the job to run on. Legal in every state and as often as they like.</summary>
    public sealed record PassingSavepointRequested : JobEvent;

    /// <summary>Answer to <see cref="JobEffect.RunSaveModes"/>; also when they were stopped.</summary>
    public sealed record SaveModesDone : JobEvent;

    /// <summary>Answer to <see cref="JobEffect.RunSaveModes"/>.</summary>
    public sealed record SaveModesFailed(Failure Failure) : JobEvent;

    /// <summary>Answer to <see cref="JobEffect.RequestSlots"/>: one slot for every group of the request.</summary>
    public sealed record SlotsGranted(long Request, ImmutableArray<SlotGrant> Grants) : JobEvent;

    /// <summary>Answer to <see cref="JobEffect.RequestSlots"/>: there are not enough and nobody waits.</summary>
    /// <param name="Request">The request's number.</param>
    /// <param name="Text">Why, with SeaTunnel's <c>NoEnoughResourceException</c> in it.</param>
    public sealed record SlotsDenied(long Request, string Text) : JobEvent;

    /// <summary>The request waits in the queue; to be said more often than <see cref="JobDeadlines.SlotAnswer"/>.</summary>
    public sealed record SlotsPending(long Request) : JobEvent;

    /// <summary>
    /// A node left; every task group on it is lost, and so is every slot there that is still on its way to the job. Whoever tells it tells the
    /// slots first, by <see cref="SlotEvent.WorkerLost"/>.
    /// </summary>
    /// <param name="Worker">Its address.</param>
    /// <param name="Instance">Which process there; one that has started since is not meant.</param>
    public sealed record WorkerLost(string Worker, long Instance) : JobEvent;

    /// <summary>The time of <see cref="JobEffect.StartTimer"/> has come. Harmless at any other time.</summary>
    public sealed record DeadlinePassed : JobEvent;

    /// <summary>Something of ours broke while this job was handled (engine.md 3.1, last line).</summary>
    public sealed record InternalError(Failure Failure) : JobEvent;

    /// <summary>What a node says about a task group, and of which attempt.</summary>
    public abstract record TaskGroupReport(TaskGroupLocation Group, int Attempt) : JobEvent;

    /// <summary>The node has built the group's tasks.</summary>
    public sealed record TaskGroupDeployed(TaskGroupLocation Group, int Attempt) : TaskGroupReport(Group, Attempt);

    /// <summary>All tasks of the group are open and restored (READY_START).</summary>
    public sealed record TaskGroupReady(TaskGroupLocation Group, int Attempt) : TaskGroupReport(Group, Attempt);

    /// <summary>Answer to <see cref="JobEffect.AskTaskGroup"/>, or a sign of life by itself.</summary>
    public sealed record TaskGroupSeen(TaskGroupLocation Group, int Attempt, TaskGroupSighting Sighting) : TaskGroupReport(Group, Attempt);

    /// <summary>
    /// Every task of the group has committed and closed, after <see cref="JobEffect.NotifyCheckpointCompleted"/>.
    /// Earlier it would lose what is not committed, and counts as a failure.
    /// </summary>
    public sealed record TaskGroupFinished(TaskGroupLocation Group, int Attempt) : TaskGroupReport(Group, Attempt);

    /// <summary>The group has stopped because it was told to. Also the answer to a cancel of an attempt that is not there.</summary>
    public sealed record TaskGroupCanceled(TaskGroupLocation Group, int Attempt) : TaskGroupReport(Group, Attempt);

    /// <summary>One task threw, and the whole group has stopped.</summary>
    public sealed record TaskGroupFailed(TaskGroupLocation Group, int Attempt, Failure Failure) : TaskGroupReport(Group, Attempt);

    /// <summary>A reader has nothing more to read.</summary>
    public sealed record ReaderDone(TaskLocation Task, int Attempt) : TaskGroupReport(Task.Group, Attempt);

    /// <summary>A reader has come to a change of a table's schema and holds it: nothing of the reader follows until it is let on.</summary>
    public sealed record SchemaChangeFound(TaskLocation Task, int Attempt) : TaskGroupReport(Task.Group, Attempt);

    /// <summary>After <see cref="JobEffect.NotifyCheckpointCompleted"/> for the checkpoint before it, the reader has handed the change on.</summary>
    public sealed record SchemaChangePassed(TaskLocation Task, int Attempt) : TaskGroupReport(Task.Group, Attempt);

    /// <summary>A task has taken its state at a barrier. A task that cannot fails, and its group with it.</summary>
    /// <param name="Task">Whose state.</param>
    /// <param name="Attempt">Of which attempt.</param>
    /// <param name="CheckpointId">The barrier's id.</param>
    /// <param name="Reference">Where the shell keeps the state; comes back in <see cref="CompletedCheckpoint.Parts"/>.</param>
    /// <param name="StateBytes">How large the state is.</param>
    public sealed record CheckpointAcknowledged(TaskLocation Task, int Attempt, long CheckpointId, string? Reference, long StateBytes = 0) : TaskGroupReport(Task.Group, Attempt);

    /// <summary>Answer to <see cref="JobEffect.StoreCheckpoint"/>: the states are where they last.</summary>
    public sealed record CheckpointStored(int PipelineId, int Attempt, long CheckpointId, string? Reference) : JobEvent;

    /// <summary>Answer to <see cref="JobEffect.StoreCheckpoint"/>: they could not be written. The attempt is lost.</summary>
    public sealed record CheckpointNotStored(int PipelineId, int Attempt, long CheckpointId, Failure Failure) : JobEvent;
}
