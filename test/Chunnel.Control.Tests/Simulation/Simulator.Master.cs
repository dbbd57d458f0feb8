namespace Chunnel.Control.Tests.Simulation;

/// <content>The shell around the control core: effects out, events in.</content>
internal sealed partial class Simulator
{
    private int _steps;

    private void Tell(long id, SimJob life, JobEvent what)
    {
        // a report may outlive the life that it is about: it reaches whoever has the id now
        if (!_jobs.TryGetValue(id, out var job)) return;
        if (what is JobEvent.TaskGroupReport) Tell(job, what);
        else if (ReferenceEquals(job, life)) Tell(life, what);
    }

    private void Tell(SimJob job, JobEvent what)
    {
        if (_isDown) return;
        var before = job.State;
        Note(what.GetType().Name, job.Plan.JobId, what is JobEvent.TaskGroupReport report ? (report.Group.TaskGroupId * 100) + report.Attempt : 0);
        Take(job, _brain.Decide(before, what, Now));
        if (!_isDown) CheckStep(before, job);
    }

    private void Take(SimJob job, Decision decision)
    {
        _steps++;
        job.State = decision.State;
        CheckOrder(decision);
        foreach (var effect in decision.Effects)
        {
            if (effect is not JobEffect.Persist && Fault(_faults.PowerFailsWhileActing)) FailPower();
            if (_isDown) return;
            Do(job, effect);
        }
        CheckTold(job);
    }

    private void Do(SimJob job, JobEffect effect)
    {
        var id = job.Plan.JobId;
        switch (effect)
        {
            case JobEffect.Persist persist: Remember(job, persist.Record); break;
            case JobEffect.Publish publish: CheckChange(job, publish.Change); break;
            case JobEffect.Say: break;
            case JobEffect.StartTimer timer: StartTimer(job, timer.At); break;
            case JobEffect.JobEnded ended: End(job, ended.Status); break;
            case JobEffect.RunSaveModes: RunSaveModes(job); break;
            case JobEffect.StopSaveModes: After(0.01, 1, () => Tell(id, job, new JobEvent.SaveModesDone())); break;
            case JobEffect.RequestSlots request: RequestSlots(request.Request); break;
            case JobEffect.WithdrawSlotRequest withdraw: TellSlots(new SlotEvent.Withdrawn(id, withdraw.Request)); break;
            case JobEffect.ReleaseSlots release: Release(release); break;
            case JobEffect.DeployTaskGroup deploy: CheckRestore(job, deploy); Send(deploy.Slot.Worker, worker => Deploy(worker, deploy, job)); break;
            case JobEffect.StartTaskGroup start: Send(start.Slot.Worker, worker => StartTasks(worker, start.Group, start.Fence)); break;
            case JobEffect.CancelTaskGroup cancel: Send(cancel.Slot.Worker, worker => CancelTasks(worker, cancel.Group, cancel.Fence)); break;
            case JobEffect.AbandonTaskGroup abandon: Send(abandon.Slot.Worker, worker => Abandon(worker, abandon.Group, abandon.Fence)); break;
            case JobEffect.AskTaskGroup ask: Send(ask.Slot.Worker, worker => Answer(worker, ask.Group, ask.Fence)); break;
            case JobEffect.SendBarrier barrier: SendBarrier(job, barrier); break;
            case JobEffect.StoreCheckpoint store: Store(job, store); break;
            case JobEffect.NotifyCheckpointAborted notify: SendAborted(job, notify); break;
            case JobEffect.NotifyCheckpointCompleted notify: SendCompleted(job, notify); break;
            default: throw new ViolationException("shell", $"no hand for {effect}");
        }
    }

    private void Remember(SimJob job, ControlRecord record)
    {
        job.Logged = record is ControlRecord.JobSubmitted submitted ? LoggedJob.Of(submitted) : job.Logged!.After(record);
        switch (record)
        {
            case ControlRecord.AttemptStarted started when job.AttemptsInLog.Contains((started.PipelineId, started.Fence.Attempt)):
                throw new ViolationException("S4", $"attempt {started.Fence.Attempt} of pipeline {started.PipelineId} is begun twice");
            case ControlRecord.AttemptStarted started: job.AttemptsInLog.Add((started.PipelineId, started.Fence.Attempt)); break;
            case ControlRecord.CheckpointCompleted completed: RememberCheckpoint(job, completed); break;
            case ControlRecord.PassingSavepointRequested: job.Owing.UnionWith(job.Plan.Pipelines.Select(pipeline => pipeline.Id)); break;
            case ControlRecord.JobEnded ended:
                if (ended.ErrorText?.Contains("The slot queue said nothing", StringComparison.Ordinal) == true) throw new ViolationException("L1", $"job {job.Plan.JobId} gives up waiting because nobody tells it that it waits");
                job.EndIsInLog = true;
                break;
        }
    }

    /// <summary>S3: ids only rise.</summary>
    private void RememberCheckpoint(SimJob job, ControlRecord.CheckpointCompleted completed)
    {
        var (pipeline, checkpoint) = (completed.PipelineId, completed.Checkpoint);
        if (job.NewestInLog.TryGetValue(pipeline, out var newest) && newest.Id != CheckpointState.CompletedPointId && checkpoint.Id <= newest.Id)
        {
            throw new ViolationException("S3", $"checkpoint {checkpoint.Id} of pipeline {pipeline} follows {newest.Id}");
        }
        if (job.Aborted.Contains((pipeline, completed.Fence.Attempt, checkpoint.Id))) throw new ViolationException("S1", $"checkpoint {checkpoint.Id} of pipeline {pipeline} was dropped and is complete");
        if (!job.Stored.Contains((pipeline, completed.Fence.Attempt, checkpoint.Id))) throw new ViolationException("persist first", $"checkpoint {checkpoint.Id} of pipeline {pipeline} is complete before it is stored");
        CheckCounters(job, completed);
        job.CompletedInLog.Add((pipeline, completed.Fence.Attempt, checkpoint.Id));
        job.NewestInLog[pipeline] = checkpoint;
        if (checkpoint.Type == CheckpointType.PassingSavepoint && !job.Owing.Remove(pipeline)) throw new ViolationException("order", $"pipeline {pipeline} took savepoint {checkpoint.Id}, for which nobody asked");
        job.CompletedAt[pipeline] = Now;
    }

    /// <summary>An old timer may still fire now and then, as it does when it was on its way already.</summary>
    private void StartTimer(SimJob job, Instant at)
    {
        job.Timer = at;
        At(at < Now ? Now : at, () =>
        {
            if (job.Timer == at || Chance(0.1)) Tell(job.Plan.JobId, job, new JobEvent.DeadlinePassed());
        });
    }

    private void End(SimJob job, JobStatus status)
    {
        Note("ended", job.Plan.JobId, (long)status);
        if (!job.EndIsInLog) throw new ViolationException("persist first", $"job {job.Plan.JobId} is told to have ended before its end is durable");
        if (job.HasEnded) throw new ViolationException("S5", $"job {job.Plan.JobId} ended twice");
        job.HasEnded = true;
        CheckRows(job);
        CheckLeftovers(job);
        _endings.Add(status);
        if (job.CancelledAt is { } at && Now - at > TimeSpan.FromSeconds(5)) throw new ViolationException("L2", $"the cancel of job {job.Plan.JobId} took {Now - at}");
    }

    private void RunSaveModes(SimJob job)
    {
        if (Fault(_faults.TaskHangs)) return;
        var fails = Fault(_faults.TaskFails);
        After(0.01, 3, () => Tell(job.Plan.JobId, job, fails
            ? new JobEvent.SaveModesFailed(new() { Text = "ErrorCode:[API-11], ErrorDescription:[The sink table not exist]", Code = CommonErrors.SinkTableMissing })
            : new JobEvent.SaveModesDone()));
    }
}
