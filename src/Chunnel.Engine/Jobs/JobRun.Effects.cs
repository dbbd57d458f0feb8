using Chunnel.Control;
using Chunnel.Core;

namespace Chunnel.Engine;

internal sealed partial class JobRun
{
    private static readonly TimeSpan _tidyPatience = TimeSpan.FromSeconds(1);
    private static readonly JobStatus[] _statuses = Enum.GetValues<JobStatus>();

    private async ValueTask DoAsync(JobEffect effect)
    {
        switch (effect)
        {
            case JobEffect.Persist persist: await FollowAsync(persist.Record); break;
            case JobEffect.RunSaveModes: Work(RunSaveModesAsync); break;
            case JobEffect.StopSaveModes: await _saveModes.CancelAsync(); break;
            case JobEffect.RequestSlots request: _parts.Slots.Request(request.Request); break;
            case JobEffect.WithdrawSlotRequest withdraw: _parts.Slots.Withdraw(_plan.Control.JobId, withdraw.Request); break;
            case JobEffect.ReleaseSlots release: _parts.Slots.Release(release.Grants); break;
            case JobEffect.DeployTaskGroup deploy: Work(() => DeployAsync(deploy)); break;
            case JobEffect.StartTaskGroup start: Life(start.Group, start.Fence)?.Run.Start(); break;
            case JobEffect.CancelTaskGroup cancel: Cancel(cancel.Group, cancel.Fence); break;
            case JobEffect.AbandonTaskGroup abandon: Life(abandon.Group, abandon.Fence)?.Run.Cancel(); break;
            case JobEffect.AskTaskGroup ask: Answer(ask); break;
            case JobEffect.SendBarrier send: (await DeploymentOf(send.PipelineId, send.Fence))?.SendBarrier(BarrierOf(send.Checkpoint.Id, send.Checkpoint.Type, send.Checkpoint.Changing)); break;
            case JobEffect.StoreCheckpoint store: Work(() => StoreAsync(store)); break;
            case JobEffect.NotifyCheckpointCompleted notify: await NotifyAsync(notify.PipelineId, notify.Fence, notify.Groups, BarrierOf(notify.Checkpoint.Id, notify.Checkpoint.Type, notify.Checkpoint.Changing), completed: true); break;
            case JobEffect.NotifyCheckpointAborted notify: await NotifyAsync(notify.PipelineId, notify.Fence, notify.Groups, BarrierOf(notify.Checkpoint.Id, notify.Checkpoint.Type, notify.Checkpoint.Changing), completed: false); break;
            case JobEffect.StartTimer timer: SetTimer(timer.At); break;
            case JobEffect.Publish publish: Turn(publish.Change); break;
            case JobEffect.Say say: Say(say.Line); break;
            case JobEffect.JobEnded: _mail.Writer.TryComplete(); break;
            default: throw new System.Diagnostics.UnreachableException($"No doing for {effect}.");
        }
    }

    private void Turn(StateChange change)
    {
        _parts.Log.StateChanged(change.ToString());
        if (change.FullName == _plan.Control.FullName) _parts.Turned(Array.Find(_statuses, status => status.Name == change.To));
    }

    private ValueTask PersistAsync(IReadOnlyList<ControlRecord> records) =>
        records.Count == 0 ? ValueTask.CompletedTask : _parts.Persist(records, _stopping.Token);

    /// <summary>What follows for states from a decision that is durable.</summary>
    private async ValueTask FollowAsync(ControlRecord record)
    {
        switch (record)
        {
            case ControlRecord.AttemptStarted started: _snapshots.Forget(started.PipelineId, started.Fence.Attempt - 1); break;
            case ControlRecord.CheckpointCompleted completed:
                _snapshots.Completed(completed.PipelineId, completed.Checkpoint);
                await TidyAsync("link", () => _parts.Checkpoints.CompletedAsync(completed.PipelineId, completed.Checkpoint, _stopping.Token));
                break;
            case ControlRecord.JobEnded ended:
                await TidyAsync("clean", () => _parts.Checkpoints.EndedAsync(ended.Status, _stopping.Token));
                break;
        }
    }

    /// <summary>
    /// The decision is in the log: files that do not follow now follow with the next one, or when the node starts. They follow in order, and
    /// storage that does not answer holds up no cancel.
    /// </summary>
    private async ValueTask TidyAsync(string what, Func<ValueTask> tidy)
    {
        var tidying = _tidying = TidyAfterAsync(_tidying, what, tidy);
        if (tidying.IsCompletedSuccessfully) return;
        Work(() => tidying);
        using var waiting = new CancellationTokenSource();
        await Task.WhenAny(tidying, Task.Delay(_tidyPatience, _parts.Clock, waiting.Token));
        await waiting.CancelAsync();
    }

    private async Task TidyAfterAsync(Task before, string what, Func<ValueTask> tidy)
    {
        await before;
        try
        {
            FailPoint.Reach($"checkpoint.{what}.before");
            await tidy();
            FailPoint.Reach($"checkpoint.{what}.after");
        }
        catch (Exception fault) when (fault is ChunnelException or IOException or OperationCanceledException)
        {
            _parts.Log.Warned($"The files of the checkpoints could not be put in order: {fault.Message}");
        }
    }

    private async Task StoreAsync(JobEffect.StoreCheckpoint store)
    {
        var (pipeline, attempt, checkpoint) = (store.PipelineId, store.Fence.Attempt, store.Checkpoint);
        try
        {
            var reference = await _snapshots.StoreAsync(pipeline, attempt, checkpoint, _stopping.Token);
            Tell(new JobEvent.CheckpointStored(pipeline, attempt, checkpoint.Id, reference));
        }
        catch (Exception fault) when (!_stopping.IsCancellationRequested)
        {
            Tell(new JobEvent.CheckpointNotStored(pipeline, attempt, checkpoint.Id, Failure.From(fault, _plan.Secrets)));
        }
    }

    private static Barrier BarrierOf(long id, CheckpointType type, TaskLocation? changing) => new(id, type switch
    {
        // What it is kept for makes no difference to the tasks.
        CheckpointType.Checkpoint or CheckpointType.PassingSavepoint => CheckpointKind.Checkpoint,
        CheckpointType.Savepoint => CheckpointKind.Savepoint,
        CheckpointType.CompletedPoint => CheckpointKind.CompletedPoint,
        CheckpointType.SchemaChangeBefore => CheckpointKind.SchemaChangeBefore,
        CheckpointType.SchemaChangeAfter => CheckpointKind.SchemaChangeAfter,
        _ => throw new System.Diagnostics.UnreachableException($"No barrier for {type}."),
    }, changing);

    private async Task RunSaveModesAsync()
    {
        try
        {
            await SaveModeRun.RunAsync(_plan, _parts.Log, _saveModes.Token);
            Tell(new JobEvent.SaveModesDone());
        }
        catch (OperationCanceledException) when (_saveModes.IsCancellationRequested)
        {
            Tell(new JobEvent.SaveModesDone());
        }
        catch (Exception fault)
        {
            Tell(new JobEvent.SaveModesFailed(Failure.From(fault, _plan.Secrets)));
        }
    }

    private async Task DeployAsync(JobEffect.DeployTaskGroup deploy)
    {
        var (group, attempt) = (deploy.Group, deploy.Fence.Attempt);
        try
        {
            foreach (var (key, older) in _groups)
            {
                if (key.Group == group && key.Attempt < attempt) older.Run.Cancel();
            }
            var deployment = await BuildOnceAsync(group.PipelineId, attempt, deploy.Restore);
            var life = _groups.GetOrAdd((group, attempt), _ => new GroupLife(deployment.Group(group.TaskGroupId)));
            Tell(new JobEvent.TaskGroupDeployed(group, attempt));
            var (end, fault) = await life.Run.RunAsync(() =>
            {
                life.Opened = true;
                deployment.Opened(group.TaskGroupId);
                Tell(new JobEvent.TaskGroupReady(group, attempt));
            });
            Report(group, attempt, end, fault);
        }
        catch (Exception fault)
        {
            Report(group, attempt, TaskGroupEnd.Failed, fault);
        }
    }

    private Task<PipelineDeployment> BuildOnceAsync(int pipelineId, int attempt, CompletedCheckpoint? restore) =>
        _deployments.GetOrAdd((pipelineId, attempt), key => new Lazy<Task<PipelineDeployment>>(() => BuildAsync(key.Pipeline, key.Attempt, restore))).Value;

    private async Task<PipelineDeployment> BuildAsync(int pipelineId, int attempt, CompletedCheckpoint? restore)
    {
        var states = await _snapshots.RestoreAsync(pipelineId, restore, _stopping.Token);
        return await PipelineDeployment.BuildAsync(
            _plan.Control, _plan.Pipelines.First(pipeline => pipeline.Id == pipelineId), attempt, _parts.Deployment, states,
            new AttemptReports(this, attempt), _stopping.Token);
    }

    private async ValueTask<PipelineDeployment?> DeploymentOf(int pipelineId, Fence fence) =>
        _deployments.TryGetValue((pipelineId, fence.Attempt), out var deployment) ? await deployment.Value : null;

    private void Report(TaskGroupLocation group, int attempt, TaskGroupEnd end, Exception? fault)
    {
        switch (end)
        {
            case TaskGroupEnd.Finished:
                Tell(new JobEvent.TaskGroupFinished(group, attempt));
                break;
            case TaskGroupEnd.Canceled:
                Tell(new JobEvent.TaskGroupCanceled(group, attempt));
                break;
            default:
                var failure = FailureOf(group, fault!);
                _parts.Log.TaskFailed(failure.Task!, failure.Text);
                Tell(new JobEvent.TaskGroupFailed(group, attempt, failure));
                break;
        }
    }

    private Failure FailureOf(TaskGroupLocation location, Exception fault)
    {
        var pipeline = _plan.Control.Pipelines.First(candidate => candidate.Id == location.PipelineId);
        var group = pipeline.TaskGroups[pipeline.IndexOf(location.TaskGroupId)];
        var place = fault as TaskFailedException;
        return Failure.From(place?.InnerException ?? fault, _plan.Secrets) with
        {
            Task = _plan.Control.FullNameOf(pipeline, group),
            Table = place?.Table,
            Rows = place is { FirstRow: { } first, LastRow: { } last } ? new RowRange(first, last) : null,
        };
    }

    private GroupLife? Life(TaskGroupLocation group, Fence fence) => _groups.GetValueOrDefault((group, fence.Attempt));

    private void Cancel(TaskGroupLocation group, Fence fence)
    {
        if (Life(group, fence) is { } life) life.Run.Cancel();
        else if (!_deployments.ContainsKey((group.PipelineId, fence.Attempt))) Tell(new JobEvent.TaskGroupCanceled(group, fence.Attempt));
        else Work(async () =>
        {
            var deployment = await _deployments[(group.PipelineId, fence.Attempt)].Value;
            deployment.Group(group.TaskGroupId).Cancel();
        });
    }

    private void Answer(JobEffect.AskTaskGroup ask)
    {
        var life = Life(ask.Group, ask.Fence);
        var sighting = life is null ? TaskGroupSighting.Unknown : TaskGroupSighting.Alive;
        Tell(new JobEvent.TaskGroupSeen(ask.Group, ask.Fence.Attempt, sighting));
    }

    private async ValueTask NotifyAsync(int pipeline, Fence fence, IEnumerable<TaskGroupLocation> groups, Barrier barrier, bool completed)
    {
        if (await DeploymentOf(pipeline, fence) is not { } deployment) return;
        FailPoint.Reach("notify.before");
        deployment.Notify(groups.Select(group => group.TaskGroupId), barrier, completed);
        FailPoint.Reach("notify.after");
    }

    private void SetTimer(Instant at)
    {
        var wait = at - Now;
        _timer.Change(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Tags what the tasks of one attempt say with its number.</summary>
    private sealed class AttemptReports(JobRun run, int attempt) : ITaskReports
    {
        public void ReadyToClose(TaskLocation task) => run.Tell(new JobEvent.ReaderDone(task, attempt));

        public void SchemaChangeFound(TaskLocation task) => run.Tell(new JobEvent.SchemaChangeFound(task, attempt));

        public void SchemaChangePassed(TaskLocation task) => run.Tell(new JobEvent.SchemaChangePassed(task, attempt));

        public void Acknowledged(TaskLocation task, long checkpointId, TaskSnapshot snapshot)
        {
            FailPoint.Reach("ack.before");
            run._snapshots.Add(task, attempt, checkpointId, snapshot);
            run.Tell(new JobEvent.CheckpointAcknowledged(task, attempt, checkpointId, Reference: null, snapshot.Bytes));
            FailPoint.Reach("ack.after");
        }
    }
}
