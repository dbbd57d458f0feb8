using System.Collections.Immutable;

namespace Chunnel.Control;

/// <content>How an attempt begins, ends and is followed by the next one.</content>
internal static partial class PipelineMachine
{
    /// <summary>Ends what must end: a lost attempt, or a pipeline that is to stop. Repeating it changes nothing.</summary>
    public static void StopIfDue(Draft draft, int pipeline)
    {
        var state = draft[pipeline];
        if ((state.Failure is null && state.Stop is null) || state.Status.IsTerminal) return;
        Checkpoint(draft, pipeline, new CheckpointEvent.Stopped(state.Failure is null ? CheckpointStatus.Canceled : CheckpointStatus.Failed));
        WithdrawSlotRequest(draft, pipeline);
        var within = state.Stop is null && draft.State.MayRestore(state) ? draft.Limits.StopBeforeRestore : draft.Limits.Stop;
        for (var index = 0; index < state.TaskGroups.Length; index++) Apply(draft, pipeline, index, new TaskGroupInput.Stop(within));
    }

    /// <summary>A lost attempt that has ended is followed by another one, or it was the last.</summary>
    public static void FollowUp(Draft draft, int pipeline)
    {
        var state = draft[pipeline];
        if (state is not { HasEnded: true, Failure: not null, IsGivenUp: false }) return;
        if (state.Stop is null && !draft.State.IsLost && draft.State.MayRestore(state)) Restart(draft, pipeline);
        else draft[pipeline] = state with { IsGivenUp = true, Deadline = null };
    }

    /// <summary>Slots that were kept for another attempt are given back when none follows.</summary>
    public static void LetGoOfKept(Draft draft, int pipeline)
    {
        var state = draft[pipeline];
        if (state.Kept.IsEmpty || (state.Stop is null && !draft.State.IsLost && !state.Status.IsTerminal)) return;
        draft[pipeline] = state with { Kept = [] };
        draft.Do(new JobEffect.ReleaseSlots(state.Kept));
    }

    /// <summary>Slots for the next attempt, once the interval before it is over.</summary>
    public static bool IsDueForSlots(PipelineState pipeline) =>
        pipeline is { RestoresUsed: > 0, Status: PipelineStatus.Created, Deadline: null, OpenSlotRequest: null };

    public static void Grant(Draft draft, int pipeline, IReadOnlyDictionary<TaskGroupLocation, SlotGrant> grants)
    {
        var (job, plan) = (draft.State.Plan, draft[pipeline].Plan);
        draft[pipeline] = draft[pipeline] with { OpenSlotRequest = null, Deadline = null };
        for (var index = 0; index < plan.TaskGroups.Length; index++)
        {
            Apply(draft, pipeline, index, new TaskGroupInput.Grant(grants[job.LocationOf(plan, plan.TaskGroups[index])]));
        }
    }

    public static void Deploy(Draft draft, int pipeline)
    {
        var (job, state) = (draft.State.Plan, draft[pipeline]);
        ImmutableArray<SlotGrant> grants = [.. state.TaskGroups.Select(taskGroup => taskGroup.Slot!.Value)];
        draft.Record(new ControlRecord.AttemptStarted(job.JobId, state.Plan.Id, draft.FenceOf(pipeline), grants));
        for (var index = 0; index < state.TaskGroups.Length; index++) Apply(draft, pipeline, index, new TaskGroupInput.Deploy());
    }

    /// <summary>No slots: a lost attempt, and it counts (engine.md 7.2). At a job's start there is nothing to be patient for.</summary>
    public static void Deny(Draft draft, int pipeline, Failure failure)
    {
        var isFirst = !draft.State.WasScheduled;
        Fail(draft, pipeline, failure);
        draft[pipeline] = draft[pipeline] with { OpenSlotRequest = null, Deadline = null, IsGivenUp = isFirst };
    }

    /// <summary>All groups are ready: their tasks may run, and the coordinator may take checkpoints.</summary>
    public static void StartIfReady(Draft draft, int pipeline)
    {
        var state = draft[pipeline];
        if (state.Status != PipelineStatus.Running || state.Checkpoint.IsStarted || !state.TaskGroups.All(taskGroup => taskGroup.IsReady)) return;
        for (var index = 0; index < state.TaskGroups.Length; index++) Apply(draft, pipeline, index, new TaskGroupInput.Start());
        draft.Say(draft.State.Policy.Checkpoints.Interval is null
            ? "checkpoint is disabled, because in batch mode and 'checkpoint.interval' of env is missing."
            : "checkpoint is enabled, start schedule trigger pending checkpoint.");
        Checkpoint(draft, pipeline, new CheckpointEvent.Started());
    }

    private static void Restart(Draft draft, int pipeline)
    {
        var state = draft[pipeline];
        var fullName = draft.State.Plan.FullNameOf(state.Plan);
        draft[pipeline] = state with
        {
            Attempt = state.Attempt + 1,
            TaskGroups = [.. state.TaskGroups.Select(taskGroup => new TaskGroupState { Status = TaskGroupStatus.Created, Times = taskGroup.Times })],
            Checkpoint = state.Checkpoint.Restarted(),
            Failure = null,
            Deadline = new(draft.Now + draft.State.Policy.RetryInterval, DeadlineKind.RestoreWait),
        };
        draft.Say($"{fullName} failed: {state.Failure?.Failure}", isWarning: true);
        draft.Say($"Restore time {draft[pipeline].RestoresUsed}, pipeline {fullName}");
        draft.Say($"Wait {draft.State.Policy.RetryInterval.TotalSeconds:0.###}s and then restore the pipeline {fullName}");
    }

    private static void WithdrawSlotRequest(Draft draft, int pipeline)
    {
        if (draft[pipeline].OpenSlotRequest is not { } request) return;
        draft[pipeline] = draft[pipeline] with { OpenSlotRequest = null, Deadline = null };
        if (draft.State.Pipelines.All(other => other.OpenSlotRequest != request)) draft.Do(new JobEffect.WithdrawSlotRequest(request));
    }
}
