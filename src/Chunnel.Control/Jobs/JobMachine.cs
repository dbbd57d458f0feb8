using System.Diagnostics;

namespace Chunnel.Control;

/// <summary>
/// The control core of one job: <c>(state, event, now) -> (state, effects)</c>, without a clock, a thread or a device.
/// The shell does the effects in their order and brings back what happens as events; whatever comes late, twice or out of
/// order is sorted out here.
/// </summary>
public static partial class JobMachine
{
    /// <summary>A submit was accepted and planned. Save modes run now, if they are to; then the job asks for slots.</summary>
    /// <param name="plan">What is to run.</param>
    /// <param name="policy">How.</param>
    /// <param name="epoch">The reign of the master that accepted it.</param>
    /// <param name="now">The time it was accepted.</param>
    /// <param name="origin">What an earlier life under this id left behind; null where there was none.</param>
    public static Decision Begin(PlannedJob plan, JobPolicy policy, long epoch, Instant now, JobOrigin? origin = null)
    {
        origin ??= JobOrigin.Fresh;
        var draft = new Draft(New(plan, policy, epoch, now, origin), now);
        draft.Record(new ControlRecord.JobSubmitted(plan.JobId, plan.Name, now, origin));
        if (policy.RunsSaveModes) RunSaveModes(draft);
        Settle(draft);
        return draft.Finish();
    }

    private static JobState New(PlannedJob plan, JobPolicy policy, long epoch, Instant submittedAt, JobOrigin origin)
    {
        Belief.Holds(plan.Pipelines.Length > 0, because: "a planned job has a pipeline");
        var state = new JobState
        {
            Plan = plan,
            Policy = policy,
            Epoch = epoch,
            SlotRequestsBefore = origin.SlotRequestsBefore,
            SlotRequests = origin.SlotRequestsBefore,
            Pipelines = [.. plan.Pipelines.Select(pipeline => PipelineState.Of(plan, pipeline, origin))],
            Times = StateTimes<JobStatus>.None.Entered(JobStatus.Initializing, submittedAt),
        };
        Belief.Holds(state.Pipelines.All(pipeline => !pipeline.Checkpoint.Readers.IsEmpty), because: "a pipeline has a reader");
        return state;
    }

    /// <summary>Decides what one event means. A job that has ended does not change; it still gives back late slots.</summary>
    public static Decision Decide(JobState state, JobEvent what, Instant now)
    {
        var draft = new Draft(state, now) { IsTimerSpent = what is JobEvent.DeadlinePassed };
        switch (what)
        {
            case JobEvent.CancelRequested: Cancel(draft); break;
            case JobEvent.SavepointRequested: TakeSavepoint(draft); break;
            case JobEvent.PassingSavepointRequested: TakePassingSavepoint(draft); break;
            case JobEvent.SlotsGranted granted: Granted(draft, granted); break;
            case var _ when state.Status.IsTerminal: break;
            case JobEvent.SaveModesDone: SaveModesDone(draft); break;
            case JobEvent.SaveModesFailed failed: SaveModesFailed(draft, failed.Failure); break;
            case JobEvent.SlotsDenied denied: Denied(draft, denied.Request, ControlErrors.Denied(denied.Text)); break;
            case JobEvent.SlotsPending pending: StillPending(draft, pending.Request); break;
            case JobEvent.WorkerLost lost: WorkerLost(draft, lost); break;
            case JobEvent.DeadlinePassed: Expire(draft); break;
            case JobEvent.InternalError error: Lose(draft, error.Failure); break;
            case JobEvent.TaskGroupReport report: Report(draft, report); break;
            case JobEvent.CheckpointStored stored: Stored(draft, stored.PipelineId, stored.Attempt, new CheckpointEvent.Stored(stored.CheckpointId, stored.Reference)); break;
            case JobEvent.CheckpointNotStored lost: Stored(draft, lost.PipelineId, lost.Attempt, new CheckpointEvent.NotStored(lost.CheckpointId, lost.Failure)); break;
            default: throw new UnreachableException($"No rule for {what}.");
        }
        Settle(draft);
        return draft.Finish();
    }

    private static void Report(Draft draft, JobEvent.TaskGroupReport report)
    {
        if (report.Group.JobId != draft.State.Plan.JobId) return;
        for (var pipeline = 0; pipeline < draft.State.Pipelines.Length; pipeline++)
        {
            if (draft[pipeline].Plan.Id == report.Group.PipelineId) PipelineMachine.Report(draft, pipeline, report);
        }
    }

    private static void Stored(Draft draft, int pipelineId, int attempt, CheckpointEvent what)
    {
        for (var pipeline = 0; pipeline < draft.State.Pipelines.Length; pipeline++)
        {
            if (draft[pipeline].Plan.Id == pipelineId && draft[pipeline].Attempt == attempt) PipelineMachine.Checkpoint(draft, pipeline, what);
        }
    }

    private static void WorkerLost(Draft draft, JobEvent.WorkerLost lost)
    {
        if (lost.Instance <= draft.State.LostWorkers.GetValueOrDefault(lost.Worker, long.MinValue)) return;
        draft.State = draft.State with { LostWorkers = draft.State.LostWorkers.SetItem(lost.Worker, lost.Instance) };
        for (var pipeline = 0; pipeline < draft.State.Pipelines.Length; pipeline++) PipelineMachine.WorkerLost(draft, pipeline);
    }

    private static void Expire(Draft draft)
    {
        ExpireSaveModes(draft);
        for (var pipeline = 0; pipeline < draft.State.Pipelines.Length; pipeline++)
        {
            PipelineMachine.Expire(draft, pipeline);
            ExpireSlotRequest(draft, pipeline);
        }
    }

    /// <summary>The job cannot end well: everything of it stops.</summary>
    private static void Lose(Draft draft, Failure failure)
    {
        if (draft.State.Failure is not null) return;
        draft.State = draft.State with { Failure = failure };
        StopPreparing(draft);
    }
}
