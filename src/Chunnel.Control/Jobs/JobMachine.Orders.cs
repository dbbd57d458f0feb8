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
        if (status.IsTerminal || status is JobStatus.Canceling or JobStatus.Failing)
        {
            draft.Answer = new(OrderVerdict.TooLate, $"The job with id '{draft.State.Plan.JobId}' not running, save point failed");
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
}
