using System.Collections.Immutable;

namespace Chunnel.Control;

/// <summary>
/// What the shell has to do, in this order: everything durable comes first, and nothing after it is done before it is
/// safe. Every effect may be done twice without harm.
/// </summary>
public abstract record JobEffect
{
    /// <summary>Append to the control log.</summary>
    public sealed record Persist(ControlRecord Record) : JobEffect;

    /// <summary>Run the save modes of all sinks once; answer <see cref="JobEvent.SaveModesDone"/> or <see cref="JobEvent.SaveModesFailed"/>.</summary>
    public sealed record RunSaveModes : JobEffect;

    /// <summary>Stop them, then answer as above.</summary>
    public sealed record StopSaveModes : JobEffect;

    /// <summary>Answer with <see cref="JobEvent.SlotsGranted"/>, <see cref="JobEvent.SlotsDenied"/> or, meanwhile, <see cref="JobEvent.SlotsPending"/>.</summary>
    public sealed record RequestSlots(SlotRequest Request) : JobEffect;

    /// <summary>The request is not wanted any more. Slots granted meanwhile come back by <see cref="ReleaseSlots"/>.</summary>
    public sealed record WithdrawSlotRequest(long Request) : JobEffect;

    /// <summary>Give these back. A grant whose request no longer owns the slot is to be ignored.</summary>
    public sealed record ReleaseSlots(ImmutableArray<SlotGrant> Grants) : JobEffect;

    /// <summary>
    /// Build the group's tasks, open them, restore them; answer <see cref="JobEvent.TaskGroupDeployed"/>, then
    /// <see cref="JobEvent.TaskGroupReady"/>. Ends any earlier attempt of the group on that node first.
    /// </summary>
    /// <param name="Group">Which group.</param>
    /// <param name="Fence">Of which deployment.</param>
    /// <param name="Slot">Where.</param>
    /// <param name="Instance">
    /// The process that has the slot (<see cref="SlotGrant.Instance"/>). Another one there refuses: an order that was long on its way to a process that
    /// has died says nothing of itself to the next one, which knows no attempt to hold it against.
    /// </param>
    /// <param name="Restore">The checkpoint to go on from; null is a fresh start.</param>
    public sealed record DeployTaskGroup(TaskGroupLocation Group, Fence Fence, SlotRef Slot, long Instance, CompletedCheckpoint? Restore) : JobEffect;

    /// <summary>All groups of the pipeline are ready: let the tasks run.</summary>
    public sealed record StartTaskGroup(TaskGroupLocation Group, Fence Fence, SlotRef Slot) : JobEffect;

    /// <summary>Stop; answer <see cref="JobEvent.TaskGroupCanceled"/>. An attempt that is not there is remembered as cancelled.</summary>
    public sealed record CancelTaskGroup(TaskGroupLocation Group, Fence Fence, SlotRef Slot) : JobEffect;

    /// <summary>It did not stop in time and is waited for no longer: let go of it, nothing of it may commit.</summary>
    public sealed record AbandonTaskGroup(TaskGroupLocation Group, Fence Fence, SlotRef Slot) : JobEffect;

    /// <summary>
    /// Answer <see cref="JobEvent.TaskGroupSeen"/> and repeat <see cref="JobEvent.ReaderDone"/> for readers that are done,
    /// <see cref="JobEvent.SchemaChangeFound"/> and <see cref="JobEvent.SchemaChangePassed"/> for those at a change of a schema,
    /// or repeat the report of the end if it has ended: what got lost on the way is said again like this.
    /// </summary>
    public sealed record AskTaskGroup(TaskGroupLocation Group, Fence Fence, SlotRef Slot) : JobEffect;

    /// <summary>
    /// Hand a barrier to these tasks, the heads of the pipeline; each task answers <see cref="JobEvent.CheckpointAcknowledged"/>. It may come
    /// again, when no answer was heard: a task that has it does nothing then.
    /// </summary>
    public sealed record SendBarrier(int PipelineId, Fence Fence, PendingCheckpoint Checkpoint, ImmutableArray<TaskLocation> Heads) : JobEffect;

    /// <summary>
    /// Every task has answered: write the states where they last, then answer <see cref="JobEvent.CheckpointStored"/> or
    /// <see cref="JobEvent.CheckpointNotStored"/>. Nothing else waits for it.
    /// </summary>
    public sealed record StoreCheckpoint(int PipelineId, Fence Fence, PendingCheckpoint Checkpoint) : JobEffect;

    /// <summary>
    /// Tell these groups that the checkpoint is durable: they commit it. After one that ends the pipeline they close, and answer
    /// <see cref="JobEvent.TaskGroupFinished"/>.
    /// </summary>
    public sealed record NotifyCheckpointCompleted(
        int PipelineId, Fence Fence, CompletedCheckpoint Checkpoint, ImmutableArray<TaskGroupLocation> Groups) : JobEffect;

    /// <summary>Tell these groups that the checkpoint will never be complete: they drop what they prepared for it. Comes before they are told to stop.</summary>
    public sealed record NotifyCheckpointAborted(
        int PipelineId, Fence Fence, PendingCheckpoint Checkpoint, ImmutableArray<TaskGroupLocation> Groups) : JobEffect;

    /// <summary>
    /// Send <see cref="JobEvent.DeadlinePassed"/> at this time. A job has one timer: a later order replaces an earlier one;
    /// a job that has ended needs none.
    /// </summary>
    public sealed record StartTimer(Instant At) : JobEffect;

    /// <summary>A state has changed: for the log, the read models and whoever waits.</summary>
    public sealed record Publish(StateChange Change) : JobEffect;

    /// <summary>A line for the job's log.</summary>
    public sealed record Say(LogLine Line) : JobEffect;

    /// <summary>The job is over; always the last effect of its life that is told.</summary>
    /// <param name="Status">A terminal state.</param>
    /// <param name="ErrorText">Why it failed; null if it did not.</param>
    public sealed record JobEnded(JobStatus Status, string? ErrorText) : JobEffect;
}
