namespace Chunnel.Control.Tests.Simulation;

/// <content>Barriers on their way through a pipeline, and what follows when all have answered.</content>
internal sealed partial class Simulator
{
    private void SendBarrier(JobEffect.SendBarrier order)
    {
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

    private void Acknowledge(SimWorker worker, SimGroup group, PlannedTask task, long id) =>
        Later(worker, group, 0.001, 1, () => Report(worker, new JobEvent.CheckpointAcknowledged(new(group.Location, task.Index), group.Attempt, id, null)));

    private void SendCompleted(SimJob job, JobEffect.NotifyCheckpointCompleted notify)
    {
        foreach (var location in notify.Groups)
        {
            if (WorkerOf(location, notify.Fence.Attempt) is { } worker)
            {
                Send(worker.Address, here => Commit(here, job, location, notify.Fence, notify.Checkpoint.Id));
            }
        }
    }

    /// <summary>Commits once; a repeated notice changes nothing.</summary>
    private void Commit(SimWorker worker, SimJob job, TaskGroupLocation location, Fence fence, long id)
    {
        if (Find(worker, location, fence) is not { Phase: SimPhase.Running, Hangs: false } group || !group.Commits.Add(id)) return;
        if (MeetsFate(worker, group)) return;
        CheckCommit(job, group, id);
        Later(worker, group, 0.001, 2, () =>
        {
            group.Phase = SimPhase.Finished;
            ReportEnd(worker, group);
        });
    }

    private SimWorker? WorkerOf(TaskGroupLocation location, int attempt) =>
        _workers.FirstOrDefault(worker => worker.Groups.TryGetValue(location, out var group) && group.Attempt == attempt);
}
