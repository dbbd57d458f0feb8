namespace Chunnel.Control;

/// <content>A job goes on under a new master (engine.md 7.3): what the log says of it, and nothing else, is known.</content>
public static partial class JobMachine
{
    /// <summary>
    /// The job as its log says it is. Pipelines that had ended stay so; the others ask for slots and go on from their newest completed
    /// checkpoint. An order that was given and not carried out is carried out once they run, because the commits of that checkpoint may
    /// have to be repeated first; where there is no checkpoint, at once.
    /// </summary>
    /// <param name="plan">The job's text, planned anew.</param>
    /// <param name="policy">How it runs.</param>
    /// <param name="epoch">The reign of the new master.</param>
    /// <param name="now">The time.</param>
    /// <param name="logged">What the log says of it.</param>
    public static Decision Resume(PlannedJob plan, JobPolicy policy, long epoch, Instant now, LoggedJob logged)
    {
        Belief.Holds(logged.End is null, because: "a job that has ended is not gone on with");
        var fresh = New(plan, policy, epoch, logged.SubmittedAt, new JobOrigin { AttemptsBefore = logged.LastAttempt, Checkpoints = logged.Checkpoints });
        var state = fresh with
        {
            IsResumed = true,
            Due = logged.IsCancelRequested ? DueOrder.Cancel : logged.IsSavepointRequested ? DueOrder.Savepoint : null,
            Pipelines = [.. fresh.Pipelines.Select(pipeline => EndOf(pipeline, logged) is { } end ? pipeline.AsEnded(end, logged.IsSavepointRequested, now) : GoesOn(pipeline, logged))],
        };
        var draft = new Draft(state, now);
        if (state.Status.IsTerminal)
        {
            // all that was left to do was to stop the save modes
            draft.TellTheEnd();
            return draft.Finish();
        }
        draft.Say($"begin restore job ({plan.JobId}) from master active switch");
        if (policy.RunsSaveModes && !logged.SaveModesAreDone) RunSaveModes(draft);
        Settle(draft);
        if (logged.Checkpoints.IsEmpty) CarryOutDue(draft);
        draft.Say($"restore job ({plan.JobId}) from master active switch finished");
        return draft.Finish();
    }

    /// <summary>A pipeline that was stopped because another one was failing gets another try with it: that failure is not in the log before it is final.</summary>
    private static LoggedPipelineEnd? EndOf(PipelineState pipeline, LoggedJob logged) =>
        logged.Ended.TryGetValue(pipeline.Plan.Id, out var end) && (end.Status != PipelineStatus.Canceled || logged.IsCancelRequested) ? end : null;

    /// <summary>A passing savepoint that was asked for and not taken is taken by the next attempt.</summary>
    private static PipelineState GoesOn(PipelineState pipeline, LoggedJob logged) =>
        logged.SavedInPassing is { } saved && !saved.Contains(pipeline.Plan.Id) ? pipeline with { Checkpoint = pipeline.Checkpoint with { IsPassingSavepointWanted = true } } : pipeline;

    private static void CarryOutDueIfRunning(Draft draft)
    {
        if (draft.State.Due is null) return;
        foreach (var pipeline in draft.State.Pipelines)
        {
            if (pipeline.HasBegun && !pipeline.Status.IsTerminal && !(pipeline.Status == PipelineStatus.Running && pipeline.Checkpoint.IsStarted)) return;
        }
        CarryOutDue(draft);
    }

    private static void CarryOutDue(Draft draft)
    {
        if (draft.State.Due is not { } due) return;
        draft.State = draft.State with { Due = null };
        if (due == DueOrder.Cancel) Cancel(draft);
        else TakeSavepoint(draft);
        draft.Answer = null;
        Settle(draft);
    }
}
