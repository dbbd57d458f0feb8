namespace Chunnel.Control;

/// <content>What people order. Every order is answered at once, whatever the state.</content>
public static partial class JobMachine
{
    private static void Cancel(Draft draft)
    {
        draft.Answer = draft.State switch
        {
            { Status.IsTerminal: true } => new(OrderVerdict.TooLate, $"{draft.State.Plan.FullName} has ended {draft.State.Status.Name}."),
            { IsCancelRequested: true } => new(OrderVerdict.Joined),
            _ => new(OrderVerdict.Accepted),
        };
        if (draft.Answer.Verdict != OrderVerdict.Accepted) return;
        draft.Record(new ControlRecord.CancelRequested(draft.State.Plan.JobId));
        draft.State = draft.State with { IsCancelRequested = true };
        if (draft.State.WasScheduled) draft.Tell();
        StopPreparing(draft);
        StopPipelines(draft, StopCause.Cancel);
    }

    /// <summary>
    /// What has not started ends at once, the whole job or a pipeline whose turn has not come: what it would have started from is its
    /// savepoint. A pipeline that is being deployed or restored takes its savepoint as soon as its tasks run.
    /// </summary>
    private static void TakeSavepoint(Draft draft)
    {
        var status = draft.State.Status;
        if (draft.State.IsSavepointRequested && !status.IsTerminal)
        {
            draft.Answer = new(OrderVerdict.Joined);
            return;
        }
        if (IsPastSaving(status))
        {
            draft.Answer = NotSaved(draft);
            return;
        }
        draft.Answer = new(OrderVerdict.Accepted);
        draft.Record(new ControlRecord.SavepointRequested(draft.State.Plan.JobId));
        draft.State = draft.State with { IsSavepointRequested = true };
        if (draft.State.WasScheduled) draft.Tell();
        StopPreparing(draft);
        for (var pipeline = 0; pipeline < draft.State.Pipelines.Length; pipeline++)
        {
            if (draft[pipeline].WasScheduled || draft[pipeline].Stop is not null || draft[pipeline].Status.IsTerminal) continue;
            draft[pipeline] = draft[pipeline] with { Stop = StopCause.NothingToSave };
            PipelineMachine.Checkpoint(draft, pipeline, new CheckpointEvent.NothingToSave());
        }
    }

    /// <summary>
    /// Each pipeline that has not ended takes it as soon as its tasks run and no other checkpoint is under way, and runs on. A job that stops
    /// with a savepoint takes that one.
    /// </summary>
    private static void TakePassingSavepoint(Draft draft)
    {
        if (IsPastSaving(draft.State.Status))
        {
            draft.Answer = NotSaved(draft);
            return;
        }
        var isUnderWay = draft.State.IsSavepointRequested
            || draft.State.Pipelines.All(pipeline => pipeline.Status.IsTerminal || pipeline.Checkpoint.IsClosing || pipeline.Checkpoint.IsPassingSavepointWanted);
        draft.Answer = new(isUnderWay ? OrderVerdict.Joined : OrderVerdict.Accepted);
        if (isUnderWay) return;
        draft.Record(new ControlRecord.PassingSavepointRequested(draft.State.Plan.JobId));
        for (var pipeline = 0; pipeline < draft.State.Pipelines.Length; pipeline++)
        {
            if (!draft[pipeline].Status.IsTerminal) PipelineMachine.Checkpoint(draft, pipeline, new CheckpointEvent.PassingSavepointWanted());
        }
    }

    private static bool IsPastSaving(JobStatus status) => status.IsTerminal || status is JobStatus.Canceling or JobStatus.Failing;

    private static OrderAnswer NotSaved(Draft draft) => new(OrderVerdict.TooLate, $"The job with id '{draft.State.Plan.JobId}' not running, save point failed");
}
