namespace Chunnel.Control.Tests.Simulation;

/// <content>Barriers on their way through a pipeline, and what follows when all have answered.</content>
internal sealed partial class Simulator
{
    /// <summary>How many rows of each subtask the target shows.</summary>
    private readonly Dictionary<TaskGroupLocation, long> _sink = [];

    private void SendBarrier(SimJob job, JobEffect.SendBarrier order)
    {
        job.Begun.Add((order.PipelineId, order.Fence.Attempt, order.Checkpoint.Id));
        foreach (var head in order.Heads)
        {
            if (WorkerOf(head.Group, order.Fence.Attempt) is { } worker)
            {
                Send(worker.Address, here => Barrier(here, head.Group, order.Fence, order.Checkpoint.Id));
            }
        }
    }

    /// <summary>The head takes its state; then the barrier goes down to readers and writers, and at last to the committers.</summary>
    private void Barrier(SimWorker worker, TaskGroupLocation location, Fence fence, long id)
    {
        if (Find(worker, location, fence) is not { Phase: SimPhase.Running, Hangs: false } group) return;
        if (!group.Barriers.Add(id) || MeetsFate(worker, group)) return;
        if (group.Plan.Kind == TaskGroupKind.Source && group.ReadersDone.Count == 0) group.Read(_dice.Next(6));
        group.Prepare(id);
        LookForChange(worker, group);
        foreach (var task in group.Plan.Tasks) Acknowledge(worker, group, task, id);
        var job = _jobs[location.JobId];
        var others = GroupsOf(job, location.PipelineId, fence.Attempt).OfType<SimGroup>().ToArray();
        if (group.Plan.Kind == TaskGroupKind.Enumerator) Forward(others, TaskGroupKind.Source, fence, id);
        if (others.Where(other => other.Plan.Kind == TaskGroupKind.Source).All(other => other.Barriers.Contains(id)))
        {
            Forward(others, TaskGroupKind.AggregatedCommitter, fence, id);
        }
    }

    private void Forward(SimGroup[] groups, TaskGroupKind kind, Fence fence, long id)
    {
        foreach (var group in groups.Where(group => group.Plan.Kind == kind))
        {
            if (WorkerOf(group.Location, group.Attempt) is { } worker) After(0.001, 2, () => Barrier(worker, group.Location, fence, id));
        }
    }

    private void Acknowledge(SimWorker worker, SimGroup group, PlannedTask task, long id)
    {
        var state = task.Kind == TaskKind.Writer ? group.StateAt(id) : null;
        if (state is not null) group.Counted[id] = state;
        Later(worker, group, 0.001, 1, () => Report(worker, new JobEvent.CheckpointAcknowledged(new(group.Location, task.Index), group.Attempt, id, state)));
    }

    /// <summary>States are written aside from everything else; it takes its time, fails, or is never heard of again.</summary>
    private void Store(SimJob job, JobEffect.StoreCheckpoint order)
    {
        if (Fault(_faults.TaskHangs)) return;
        var (id, attempt, checkpoint) = (job.Plan.JobId, order.Fence.Attempt, order.Checkpoint.Id);
        var fails = Fault(_faults.TaskFails);
        var reference = $"{order.PipelineId}-{attempt}-{checkpoint}";
        if (Fault(_faults.StateRots)) job.Rotten.Add(reference);
        After(0.001, 3, () =>
        {
            if (!fails) job.Stored.Add((order.PipelineId, attempt, checkpoint));
            Tell(id, job, fails
                ? new JobEvent.CheckpointNotStored(order.PipelineId, attempt, checkpoint, new() { Text = "No space left on device" })
                : new JobEvent.CheckpointStored(order.PipelineId, attempt, checkpoint, reference));
        });
    }

    private void SendCompleted(SimJob job, JobEffect.NotifyCheckpointCompleted notify)
    {
        foreach (var location in notify.Groups)
        {
            if (WorkerOf(location, notify.Fence.Attempt) is { } worker)
            {
                Send(worker.Address, here => Commit(here, job, location, notify.Fence, notify.Checkpoint));
            }
        }
    }

    /// <summary>S1: what is dropped is never complete.</summary>
    private void SendAborted(SimJob job, JobEffect.NotifyCheckpointAborted notify)
    {
        var (attempt, id) = (notify.Fence.Attempt, notify.Checkpoint.Id);
        if (job.CompletedInLog.Contains((notify.PipelineId, attempt, id))) throw new ViolationException("S1", $"checkpoint {id} of attempt {attempt} is complete and dropped");
        job.Aborted.Add((notify.PipelineId, attempt, id));
        foreach (var location in notify.Groups)
        {
            if (WorkerOf(location, attempt) is not { } worker) continue;
            Send(worker.Address, here => Find(here, location, notify.Fence)?.Prepared.Remove(id));
        }
    }

    /// <summary>Commits once; a repeated notice changes nothing. After a checkpoint that ends the pipeline it closes.</summary>
    private void Commit(SimWorker worker, SimJob job, TaskGroupLocation location, Fence fence, CompletedCheckpoint checkpoint)
    {
        var id = checkpoint.Id;
        if (Find(worker, location, fence) is not { Phase: SimPhase.Running, Hangs: false } group || !group.Commits.Add(id)) return;
        if (MeetsFate(worker, group)) return;
        // news of a checkpoint that the attempt was restored from: its commit was repeated then
        if (group.Barriers.Contains(id)) CheckCommit(job, group, id);
        foreach (var (prepared, rows) in group.Prepared.Where(prepared => prepared.Key <= id).ToArray())
        {
            Show(group, rows);
            group.Prepared.Remove(prepared);
        }
        if (group.Barriers.Contains(id)) GoOnAtChange(worker, group, checkpoint);
        if (!checkpoint.Type.Ends) return;
        Later(worker, group, 0.001, 2, () =>
        {
            group.Phase = SimPhase.Finished;
            ReportEnd(worker, group);
        });
    }

    /// <summary>S1, S2: rows appear once each and in their order, however often a commit is repeated.</summary>
    private void Show(SimGroup group, SimRows rows)
    {
        var visible = _sink.GetValueOrDefault(group.Location);
        if (rows.To <= visible) return;
        if (rows.From != visible) throw new ViolationException(rows.From > visible ? "S1" : "S2", $"{group.Location} commits rows {rows} in attempt {group.Attempt} where {visible} are visible");
        CheckSchema(group, rows);
        _sink[group.Location] = rows.To;
    }

    private SimWorker? WorkerOf(TaskGroupLocation location, int attempt) =>
        _workers.FirstOrDefault(worker => worker.Groups.TryGetValue(location, out var group) && group.Attempt == attempt);
}
