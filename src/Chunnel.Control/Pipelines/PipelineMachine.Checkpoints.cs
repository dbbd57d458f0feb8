using System.Collections.Immutable;
using System.Diagnostics;

namespace Chunnel.Control;

/// <content>The pipeline and its checkpoint coordinator.</content>
internal static partial class PipelineMachine
{
    public static void Checkpoint(Draft draft, int pipeline, CheckpointEvent what)
    {
        var before = draft[pipeline].Checkpoint;
        var (after, effects) = CheckpointMachine.Decide(before, what, draft.State.Policy.Checkpoints, draft.Now);
        if (!ReferenceEquals(before, after)) draft[pipeline] = draft[pipeline] with { Checkpoint = after };
        foreach (var effect in effects)
        {
            switch (effect)
            {
                case CheckpointEffect.Trigger trigger: SendBarrier(draft, pipeline, trigger.Checkpoint); break;
                case CheckpointEffect.Store store: draft.Do(new JobEffect.StoreCheckpoint(draft[pipeline].Plan.Id, draft.FenceOf(pipeline), store.Checkpoint)); break;
                case CheckpointEffect.Complete complete: Complete(draft, pipeline, complete.Checkpoint); break;
                case CheckpointEffect.Abort abort: Abort(draft, pipeline, abort.Checkpoint); break;
                case CheckpointEffect.Fail fail: FailByCheckpoint(draft, pipeline, fail.Failure); break;
                default: throw new UnreachableException($"No rule for {effect}.");
            }
        }
    }

    /// <summary>A node has answered. Its group may have missed a barrier, or that a checkpoint is complete, so it is told again.</summary>
    private static void Seen(Draft draft, int pipeline, int taskGroup, TaskGroupSighting sighting)
    {
        Apply(draft, pipeline, taskGroup, new TaskGroupInput.Seen(sighting));
        var state = draft[pipeline];
        if (sighting != TaskGroupSighting.Alive || state.TaskGroups[taskGroup].Status != TaskGroupStatus.Running) return;
        var location = draft.State.Plan.LocationOf(state.Plan, state.Plan.TaskGroups[taskGroup]);
        if (state.Checkpoint.Pending is { } pending)
        {
            ImmutableArray<TaskLocation> missing = [.. HeadsOf(draft.State.Plan, state.Plan).Where(head => head.Group == location && pending.Unacknowledged.Contains(head))];
            if (!missing.IsEmpty) draft.Do(new JobEffect.SendBarrier(state.Plan.Id, draft.FenceOf(pipeline), pending, missing));
        }
        // an attempt that was restored from the end of an earlier one is not at its own end
        if (state.Checkpoint.Latest is not { } latest || !(state.Checkpoint.IsClosing || !latest.Type.Ends)) return;
        Notify(draft, pipeline, latest, [location]);
    }

    private static void SendBarrier(Draft draft, int pipeline, PendingCheckpoint checkpoint)
    {
        var plan = draft[pipeline].Plan;
        draft.Say($"wait checkpoint completed: {checkpoint.Id}");
        draft.Do(new JobEffect.SendBarrier(plan.Id, draft.FenceOf(pipeline), checkpoint, HeadsOf(draft.State.Plan, plan)));
    }

    /// <summary>The barrier enters at the enumerators, which hand it to their readers (engine.md 6.3).</summary>
    private static ImmutableArray<TaskLocation> HeadsOf(PlannedJob job, PlannedPipeline pipeline) =>
        TasksOf(job, pipeline, TaskKind.Enumerator) is { IsEmpty: false } enumerators ? enumerators : TasksOf(job, pipeline, TaskKind.Reader);

    private static void Complete(Draft draft, int pipeline, CompletedCheckpoint checkpoint)
    {
        var (job, plan) = (draft.State.Plan, draft[pipeline].Plan);
        draft.Record(new ControlRecord.CheckpointCompleted(job.JobId, plan.Id, draft.FenceOf(pipeline), checkpoint));
        Notify(draft, pipeline, checkpoint, [.. plan.TaskGroups.Select(taskGroup => job.LocationOf(plan, taskGroup))]);
        draft.Say($"pending checkpoint({checkpoint.Id}/{plan.Id}@{job.JobId}) notify finished!");
    }

    private static void Abort(Draft draft, int pipeline, PendingCheckpoint checkpoint)
    {
        var (job, plan) = (draft.State.Plan, draft[pipeline].Plan);
        draft.Do(new JobEffect.NotifyCheckpointAborted(plan.Id, draft.FenceOf(pipeline), checkpoint, [.. plan.TaskGroups.Select(taskGroup => job.LocationOf(plan, taskGroup))]));
    }

    private static void Notify(Draft draft, int pipeline, CompletedCheckpoint checkpoint, ImmutableArray<TaskGroupLocation> taskGroups) =>
        draft.Do(new JobEffect.NotifyCheckpointCompleted(draft[pipeline].Plan.Id, draft.FenceOf(pipeline), checkpoint, taskGroups));

    private static void FailByCheckpoint(Draft draft, int pipeline, Failure failure)
    {
        draft.Say($"{draft.State.Plan.FullNameOf(draft[pipeline].Plan)} checkpoint have error, cancel the pipeline", isWarning: true);
        Fail(draft, pipeline, failure, isOfCheckpoint: true);
    }

    private static ImmutableArray<TaskLocation> TasksOf(PlannedJob job, PlannedPipeline pipeline, TaskKind kind) =>
    [
        .. from taskGroup in pipeline.TaskGroups
           from task in taskGroup.Tasks
           where task.Kind == kind
           select new TaskLocation(job.LocationOf(pipeline, taskGroup), task.Index),
    ];
}
