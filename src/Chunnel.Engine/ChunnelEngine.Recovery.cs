using System.Collections.Concurrent;
using Chunnel.Control;
using Chunnel.Core;
using Microsoft.Extensions.Logging;

namespace Chunnel.Engine;

/// <content>What outlives the process: decisions in the control log, ended jobs in the history beside it.</content>
public sealed partial class ChunnelEngine
{
    private static readonly TimeSpan _firstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _longestPause = TimeSpan.FromSeconds(30);

    private readonly EngineStorage? _storage;
    private readonly ConcurrentDictionary<long, ResumingJob> _resuming = new();
    private readonly ConcurrentDictionary<Task, byte> _writing = new();
    private readonly CancellationTokenSource _closing = new();
    private HistoryStore? _kept;
    private JobLedger? _ledger;
    private Task _recovery = Task.CompletedTask;

    /// <summary>Completes, with the reason, when this engine may decide nothing any more because another one took its control log.</summary>
    public Task<ChunnelException> Fenced => _ledger?.Ended ?? new TaskCompletionSource<ChunnelException>().Task;

    /// <summary>
    /// Opens the control log, where there is one: every job that it knows is there when this returns, and goes on by itself where it was.
    /// Called once, before anything else.
    /// </summary>
    /// <exception cref="ChunnelException">The log cannot be opened, or is damaged.</exception>
    public async Task StartAsync(CancellationToken stop)
    {
        if (_storage is not { } storage) return;
        _kept = new HistoryStore(new FinishedJobs(storage.Log), storage.Shades, _clock, _logs.Node);
        _ledger = await JobLedger.OpenAsync(storage.Log, storage.LogSettings, _clock, _logs.Node, stop);
        _history.Load(() => _kept.LoadAsync(_clock.GetUtcNow() - _settings.HistoryExpires, _closing.Token));
        var jobs = new List<ResumingJob>();
        foreach (var found in _ledger.Found)
        {
            if (found.Logged.End is { } end) KeepLate(found, end);
            else if (TakeUp(found) is { } job) jobs.Add(job);
        }
        if (jobs.Count > 0) _logs.Node.JobsGoOn(jobs.Count);
        _recovery = Task.Run(() => ResumeAllAsync(jobs), CancellationToken.None);
    }

    /// <summary>What an earlier life under this id left: how far its attempts were counted, and, where it is gone on with, its newest checkpoints (engine.md 6.10).</summary>
    private async Task<JobOrigin> OriginAsync(JobSubmission submission, long jobId, CancellationToken stop)
    {
        var origin = new JobOrigin { AttemptsBefore = Find(jobId)?.LastAttempt ?? 0 };
        if (!submission.StartsFromSavepoint || _storage is not { } storage) return origin;
        var files = await storage.Checkpoints.ListAsync(jobId, stop);
        foreach (var pipeline in files.Select(file => file.PipelineId).Distinct().Order())
        {
            if (await storage.Checkpoints.NewestAsync(jobId, pipeline, stop) is not { } newest) continue;
            var file = files.First(file => file.PipelineId == pipeline && file.CheckpointId == newest.Header.CheckpointId);
            origin = origin with
            {
                AttemptsBefore = Math.Max(origin.AttemptsBefore, newest.Header.Attempt),
                Checkpoints = origin.Checkpoints.Add(pipeline, new CompletedCheckpoint
                {
                    Id = newest.Header.CheckpointId,
                    Type = newest.Header.Type,
                    TriggeredAt = Instant.From(newest.Header.TriggeredAt),
                    CompletedAt = Instant.From(DateTimeOffset.FromUnixTimeMilliseconds(file.Completed)),
                    Parts = [],
                    Reference = file.Key,
                }),
            };
        }
        return origin;
    }

    /// <summary>A job whose text this program does not understand stays in the log for one that does.</summary>
    private ResumingJob? TakeUp(LedgerJob found)
    {
        try
        {
            var jobId = found.Logged.JobId;
            var job = new ResumingJob(found, found.Content.Read(_storage!.Shades), () => Find(jobId)!);
            _resuming[jobId] = job;
            NoteChange();
            return job;
        }
        catch (ChunnelException fault)
        {
            _logs.Node.JobNotUnderstood(found.Logged.JobId, fault.Message);
            return null;
        }
    }

    /// <summary>In the order of their submission, so that those who waited for slots wait in the same order; who cannot go on yet holds nobody up.</summary>
    private async Task ResumeAllAsync(IReadOnlyList<ResumingJob> jobs)
    {
        foreach (var found in _ledger!.Found) await RedoFilesAsync(found.Logged);
        foreach (var job in jobs)
        {
            try
            {
                if (!await TryResumeAsync(job, _firstPause)) Track(RetryAsync(job));
            }
            catch (Exception fault) when (!_closing.IsCancellationRequested)
            {
                _logs.Node.InternalFault(job.Job.Logged.JobId, fault);
            }
        }
    }

    private async Task RetryAsync(ResumingJob job)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(job.GivenUp, _closing.Token);
        var pause = _firstPause;
        do
        {
            try
            {
                await Task.Delay(pause, _clock, either.Token);
            }
            catch (OperationCanceledException)
            {
                if (!_closing.IsCancellationRequested) await EndAsync(job, job.Wanted, error: null);
                return;
            }
            pause = pause * 2 < _longestPause ? pause * 2 : _longestPause;
        }
        while (!await TryResumeAsync(job, pause));
    }

    /// <summary>True when there is nothing more to try: the job runs, or it has ended.</summary>
    private async Task<bool> TryResumeAsync(ResumingJob job, TimeSpan pause)
    {
        var (jobId, logged) = (job.Job.Logged.JobId, job.Job.Logged);
        try
        {
            if (job.GivenUp.IsCancellationRequested)
            {
                await EndAsync(job, job.Wanted, error: null);
                return true;
            }
            var plan = await _planner.PlanAsync(job.Submission.Definition, jobId, logged.Name, _closing.Token);
            var log = _logs.Open(jobId);
            var run = MakeRun(job.Submission, plan, log, (policy, now) => JobMachine.Resume(plan.Control, policy, _ledger!.Epoch, now, logged), logged.Savepoints.Values);
            var live = new LiveJob(job.Submission, plan, log, run);
            TryEnter(jobId, live);
            LeaveResuming(jobId);
            run.Start();
            // an order that came while the plan was made is in the log, and not in what the job was resumed from
            job.GivenUp.Register(() => run.Tell(job.Wanted == JobStatus.Canceled ? new JobEvent.CancelRequested() : new JobEvent.SavepointRequested()));
            _ = job.SavepointAsked.ContinueWith(_ => run.Tell(new JobEvent.PassingSavepointRequested()), TaskScheduler.Default);
            _ = live.Handle.Ended.ContinueWith(ended => job.Finish(ended.Result), TaskScheduler.Default);
            await run.Begun;
            return true;
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            return true;
        }
        catch (Exception fault)
        {
            var secrets = JobSecrets.Of(job.Submission.Definition, Plugins);
            var failure = Failure.From(fault, secrets);
            if (failure.MayPass)
            {
                _logs.Node.JobWaitsToGoOn(jobId, pause.TotalSeconds, secrets.Hide(fault.Message));
                return false;
            }
            await EndAsync(job, JobStatus.Failed, failure.Text);
            return true;
        }
    }

    private void LeaveResuming(long jobId)
    {
        _resuming.TryRemove(jobId, out _);
        NoteChange();
    }

    /// <summary>The end of a job that did not come to run again.</summary>
    private async Task EndAsync(ResumingJob job, JobStatus status, string? error)
    {
        var jobId = job.Job.Logged.JobId;
        await _ledger!.AppendAsync([new ControlRecord.JobEnded(jobId, status, error)], null, _closing.Token);
        TellStatus(jobId, job.Job.Logged.Name, status);
        var last = job.View with { Status = status, ErrorText = error, Ended = _clock.GetUtcNow() };
        _history.Add(last);
        LeaveResuming(jobId);
        job.Finish(last);
        Keep(last);
    }

    /// <summary>What should have followed from the last decisions for files, and may not have: a savepoint without its name would not be found.</summary>
    private async Task RedoFilesAsync(LoggedJob logged)
    {
        try
        {
            var checkpoints = new StoredCheckpoints(logged.JobId, _storage!.Checkpoints, _settings.Checkpoints.RetainAfterCancel, logged.Savepoints.Values);
            foreach (var (pipeline, checkpoint) in logged.Checkpoints) await checkpoints.CompletedAsync(pipeline, checkpoint, _closing.Token);
            if (logged.End is { } end) await checkpoints.EndedAsync(end.Status, _closing.Token);
        }
        catch (Exception fault) when (fault is ChunnelException or OperationCanceledException)
        {
            _logs.Node.FilesNotInOrder(logged.JobId, fault.Message);
        }
    }

    /// <summary>A job that had ended when the process did, and did not come into the history: what the log says of it is kept.</summary>
    private void KeepLate(LedgerJob found, ControlRecord.JobEnded end)
    {
        try
        {
            var last = ResumingJob.ViewOf(found, found.Content.Read(_storage!.Shades)) with
            {
                Status = end.Status,
                ErrorText = end.ErrorText,
                Ended = _clock.GetUtcNow(),
            };
            _history.Add(last);
            Keep(last);
        }
        catch (ChunnelException fault)
        {
            _logs.Node.HistoryUnreadable(found.Logged.JobId, fault.Message);
        }
    }

    /// <summary>Into the history, then out of the log.</summary>
    private void Keep(JobView last)
    {
        if (_kept is null) return;
        Track(Task.Run(async () =>
        {
            try
            {
                FailPoint.Reach("history.keep.before");
                await _kept.KeepAsync(last, _closing.Token);
                FailPoint.Reach("history.keep.after");
                await _ledger!.ForgetAsync(last.JobId, _closing.Token);
            }
            catch (Exception fault) when (fault is ChunnelException or OperationCanceledException)
            {
                _logs.Node.HistoryNotKept(last.JobId, fault.Message);
            }
        }));
    }

    /// <summary>An order for a job that does not run yet is carried out before it does; it is durable before it is answered.</summary>
    private async Task<OrderAnswer?> OrderResumingAsync(long jobId, JobStatus wanted, CancellationToken stop)
    {
        if (!_resuming.TryGetValue(jobId, out var job)) return null;
        await _ledger!.AppendAsync([wanted == JobStatus.Canceled ? new ControlRecord.CancelRequested(jobId) : new ControlRecord.SavepointRequested(jobId)], null, stop);
        job.GiveUp(wanted);
        return new OrderAnswer(OrderVerdict.Accepted);
    }

    /// <summary>Durable before it is answered; a job that does not run yet takes its savepoint as soon as it does.</summary>
    private async Task<OrderAnswer?> SaveResumingAsync(long jobId, CancellationToken stop)
    {
        if (!_resuming.TryGetValue(jobId, out var job)) return null;
        await _ledger!.AppendAsync([new ControlRecord.PassingSavepointRequested(jobId)], null, stop);
        job.AskForSavepoint();
        return new OrderAnswer(OrderVerdict.Accepted);
    }

    /// <summary>
    /// A job whose shell broke is a fault of ours. The log knows where the job was: it goes on from there; without a log it has failed.
    /// </summary>
    private JobView AfterFault(JobView last)
    {
        if (_isClosed || _ledger?.Ended.IsCompleted == true) return last;
        var found = _ledger?.Find(last.JobId);
        if (found is { Logged.End: { } end })
        {
            // It broke when the end was decided: that stands, and what follows from it for files is done now.
            Track(RedoFilesAsync(found.Logged));
            return last with { Status = end.Status, ErrorText = end.ErrorText, Ended = _clock.GetUtcNow() };
        }
        if (found is not null && TakeUp(found) is { } job)
        {
            Track(RetryAsync(job));
            return last;
        }
        return last with
        {
            Status = JobStatus.Failed,
            ErrorText = "Chunnel met a fault of its own while it decided about this job; the job's log shows it.",
            Ended = _clock.GetUtcNow(),
        };
    }

    private void Track(Task task)
    {
        _writing[task] = 0;
        task.ContinueWith(done => _writing.TryRemove(done, out _), TaskScheduler.Default);
    }

    private async Task CloseStorageAsync()
    {
        await Task.WhenAny(Task.WhenAll(_writing.Keys), Task.Delay(TimeSpan.FromSeconds(5), _clock));
        await _closing.CancelAsync();
        // what it could not do has been said
        await _recovery.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_ledger is not null) await _ledger.DisposeAsync();
        if (_storage is not null) await _storage.DisposeAsync();
        foreach (var job in _resuming.Values) job.Dispose();
        _closing.Dispose();
    }
}
