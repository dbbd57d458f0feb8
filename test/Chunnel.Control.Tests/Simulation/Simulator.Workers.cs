namespace Chunnel.Control.Tests.Simulation;

/// <content>What workers do when an order arrives.</content>
internal sealed partial class Simulator
{
    /// <summary>Every attempt of every group that ever ran, dead or alive: the truth that reports are held against.</summary>
    private readonly Dictionary<(TaskGroupLocation Group, int Attempt), SimGroup> _truth = [];

    /// <summary>As the engine reports it: trying again does not mend it.</summary>
    private static readonly ErrorCode _damaged = new("CHUNNEL-62", "Stored state is damaged", Blame.World);

    private void Deploy(SimWorker worker, JobEffect.DeployTaskGroup order, SimJob job)
    {
        var (location, fence) = (order.Group, order.Fence);
        if (order.Instance != worker.Incarnation) return;
        if (!job.AttemptsInLog.Contains((location.PipelineId, fence.Attempt))) throw new ViolationException("persist first", $"{location} is deployed before its attempt is durable");
        if (worker.CancelledUpTo.GetValueOrDefault(location) >= fence.Attempt)
        {
            Report(worker, new JobEvent.TaskGroupCanceled(location, fence.Attempt));
            return;
        }
        if (worker.Groups.TryGetValue(location, out var there))
        {
            if (there.Attempt >= fence.Attempt) return;
            if (there.IsAlive) there.Phase = SimPhase.Gone;
        }
        var plan = job.Plan.Pipelines.Single(pipeline => pipeline.Id == location.PipelineId).TaskGroups.Single(group => group.Id == location.TaskGroupId);
        var group = new SimGroup(location, fence.Attempt, plan) { Changes = plan.Kind == TaskGroupKind.Source ? ChangesOf(location) : [] };
        worker.Groups[location] = group;
        _truth[(location, fence.Attempt)] = group;
        if (MeetsFate(worker, group)) return;
        Report(worker, new JobEvent.TaskGroupDeployed(location, fence.Attempt));
        Later(worker, group, 0.01, 2, () =>
        {
            if (MeetsFate(worker, group) || FindsDamage(worker, group, job, order.Restore)) return;
            Restore(group, order.Restore);
            group.Phase = SimPhase.Ready;
            Report(worker, new JobEvent.TaskGroupReady(location, fence.Attempt));
        });
    }

    /// <summary>Every file of state says whether it is whole.</summary>
    private bool FindsDamage(SimWorker worker, SimGroup group, SimJob job, CompletedCheckpoint? checkpoint)
    {
        if (checkpoint?.Reference is not { } reference || !job.Rotten.Contains(reference)) return false;
        Note("damage", group.Location.JobId, checkpoint.Id);
        (group.HasReadDamage, group.Phase) = (true, SimPhase.Failed);
        (group.Code, group.Error) = (_damaged, $"Checkpoint '{reference}' is damaged.");
        ReportEnd(worker, group);
        return true;
    }

    /// <summary>Goes on where the checkpoint left it, and repeats its commit.</summary>
    private void Restore(SimGroup group, CompletedCheckpoint? checkpoint)
    {
        if (group.Plan.Kind != TaskGroupKind.Source) return;
        if (checkpoint is null)
        {
            if (_sink.GetValueOrDefault(group.Location) is > 0 and var visible) throw new ViolationException("S2", $"{group.Location} starts afresh where {visible} rows are visible");
            return;
        }
        var state = checkpoint.Parts.FirstOrDefault(part => part.Task.Group == group.Location && part.Reference is not null)?.Reference;
        if (state is null) throw new ViolationException("S1", $"{group.Location} finds nothing of itself in checkpoint {checkpoint.Id}");
        var (prepared, changes) = SimRows.ParseState(state);
        foreach (var rows in prepared)
        {
            Show(group, rows);
            group.GoOnFrom(rows);
        }
        group.GoOnBehind(changes);
    }

    private void StartTasks(SimWorker worker, TaskGroupLocation location, Fence fence)
    {
        if (Find(worker, location, fence) is { HasReadDamage: true }) throw new ViolationException("S9", $"{location} is to start from a state that is damaged");
        if (Find(worker, location, fence) is not { Phase: SimPhase.Ready } group) return;
        var job = _jobs[location.JobId];
        foreach (var other in GroupsOf(job, location.PipelineId, fence.Attempt))
        {
            if (other is null or { Phase: SimPhase.Opening }) throw new ViolationException("start", $"{location} starts before all groups of its pipeline are ready");
        }
        group.Phase = SimPhase.Running;
        foreach (var task in group.Plan.Tasks.Where(task => task.Kind == TaskKind.Reader && job.IsBounded))
        {
            Later(worker, group, 0.1, 30, () => FinishReading(worker, group, task));
        }
        LookForChange(worker, group);
        if (!job.IsBounded) Later(worker, group, 5, 60, () => MeetsFate(worker, group));
    }

    /// <summary>A reader that stands at a change is not at its end.</summary>
    private void FinishReading(SimWorker worker, SimGroup group, PlannedTask task)
    {
        if (group.IsAtChange)
        {
            Later(worker, group, 1, 10, () => FinishReading(worker, group, task));
            return;
        }
        if (MeetsFate(worker, group)) return;
        group.ReadersDone.Add(task.Index);
        Report(worker, new JobEvent.ReaderDone(new(group.Location, task.Index), group.Attempt));
    }

    private void CancelTasks(SimWorker worker, TaskGroupLocation location, Fence fence)
    {
        worker.CancelledUpTo[location] = Math.Max(worker.CancelledUpTo.GetValueOrDefault(location), fence.Attempt);
        var group = Find(worker, location, fence);
        if (group is null) Report(worker, new JobEvent.TaskGroupCanceled(location, fence.Attempt));
        else if (!group.IsAlive) ReportEnd(worker, group);
        else if (!Fault(_faults.TaskHangs))
        {
            Later(worker, group, 0.001, 1, () =>
            {
                group.Phase = SimPhase.Canceled;
                ReportEnd(worker, group);
            });
        }
    }

    private static void Abandon(SimWorker worker, TaskGroupLocation location, Fence fence)
    {
        if (Find(worker, location, fence) is { IsAlive: true } group) group.Phase = SimPhase.Gone;
    }

    private void Answer(SimWorker worker, TaskGroupLocation location, Fence fence)
    {
        var group = Find(worker, location, fence);
        if (group is { Hangs: true, IsAlive: true }) return;
        if (group is { IsAlive: false } and not { Phase: SimPhase.Gone }) ReportEnd(worker, group);
        else
        {
            Report(worker, new JobEvent.TaskGroupSeen(location, fence.Attempt, group?.Phase switch
            {
                SimPhase.Ready => TaskGroupSighting.Ready,
                SimPhase.Opening or SimPhase.Running => TaskGroupSighting.Alive,
                _ => TaskGroupSighting.Unknown,
            }));
            if (group is { Phase: SimPhase.Running }) TellChange(worker, group);
            foreach (var reader in group?.ReadersDone ?? []) Report(worker, new JobEvent.ReaderDone(new(location, reader), fence.Attempt));
        }
    }

    private void ReportEnd(SimWorker worker, SimGroup group)
    {
        var (location, attempt) = (group.Location, group.Attempt);
        switch (group.Phase)
        {
            case SimPhase.Finished: Report(worker, new JobEvent.TaskGroupFinished(location, attempt)); break;
            case SimPhase.Failed: Report(worker, new JobEvent.TaskGroupFailed(location, attempt, new() { Text = group.Error!, Code = group.Code })); break;
            default: Report(worker, new JobEvent.TaskGroupCanceled(location, attempt)); break;
        }
    }

    /// <summary>It fails, or hangs, or nothing happens to it.</summary>
    private bool MeetsFate(SimWorker worker, SimGroup group)
    {
        if (Fault(_faults.TaskHangs)) return group.Hangs = true;
        if (!Fault(_faults.TaskFails)) return false;
        group.Phase = SimPhase.Failed;
        (group.Code, group.Error) = _dice.Next(4) switch
        {
            0 => (CommonErrors.IllegalArgument, "the job file is wrong"),
            1 => (CommonErrors.CatalogInitFailed, "the database is away"),
            _ => ((ErrorCode?)null, "connection reset"),
        };
        ReportEnd(worker, group);
        return true;
    }

    /// <summary>Goes on with a group if it is still there then.</summary>
    private void Later(SimWorker worker, SimGroup group, double minSeconds, double maxSeconds, Action act)
    {
        var incarnation = worker.Incarnation;
        After(minSeconds, maxSeconds, () =>
        {
            if (worker.Incarnation == incarnation && group is { IsAlive: true, Hangs: false }) act();
        });
    }

    private IEnumerable<SimGroup?> GroupsOf(SimJob job, int pipelineId, int attempt)
    {
        var plan = job.Plan.Pipelines.Single(pipeline => pipeline.Id == pipelineId);
        return plan.TaskGroups.Select(group => _truth.GetValueOrDefault((job.Plan.LocationOf(plan, group), attempt)));
    }

    private static SimGroup? Find(SimWorker worker, TaskGroupLocation location, Fence fence) =>
        worker.Groups.TryGetValue(location, out var group) && group.Attempt == fence.Attempt ? group : null;
}
