using System.Diagnostics;

namespace Chunnel.Control;

/// <summary>The life of one pipeline within its job: groups, attempts, checkpoints (engine.md 3.2, 7.1).</summary>
internal static partial class PipelineMachine
{
    /// <summary>A report counts if it is of the present attempt of a pipeline that has not ended, and of a group that there is.</summary>
    public static void Report(Draft draft, int pipeline, JobEvent.TaskGroupReport report)
    {
        if (report.Attempt != draft[pipeline].Attempt || draft[pipeline].Status.IsTerminal) return;
        var taskGroup = draft[pipeline].Plan.IndexOf(report.Group.TaskGroupId);
        if (taskGroup < 0) return;
        switch (report)
        {
            case JobEvent.TaskGroupDeployed: Apply(draft, pipeline, taskGroup, new TaskGroupInput.Deployed()); break;
            case JobEvent.TaskGroupReady: Apply(draft, pipeline, taskGroup, new TaskGroupInput.Ready()); break;
            case JobEvent.TaskGroupSeen seen: Seen(draft, pipeline, taskGroup, seen.Sighting); break;
            case JobEvent.TaskGroupFinished: Apply(draft, pipeline, taskGroup, new TaskGroupInput.Finished(draft[pipeline].Checkpoint.IsClosing)); break;
            case JobEvent.TaskGroupCanceled: Apply(draft, pipeline, taskGroup, new TaskGroupInput.Canceled()); break;
            case JobEvent.TaskGroupFailed failed: Apply(draft, pipeline, taskGroup, new TaskGroupInput.Failed(failed.Failure)); break;
            case JobEvent.ReaderDone done: Checkpoint(draft, pipeline, new CheckpointEvent.ReaderDone(done.Task)); break;
            case JobEvent.SchemaChangeFound found: Checkpoint(draft, pipeline, new CheckpointEvent.SchemaChangeFound(found.Task)); break;
            case JobEvent.SchemaChangePassed passed: Checkpoint(draft, pipeline, new CheckpointEvent.SchemaChangePassed(passed.Task)); break;
            case JobEvent.CheckpointAcknowledged acknowledged:
                Checkpoint(draft, pipeline, new CheckpointEvent.Acknowledged(acknowledged.Task, acknowledged.CheckpointId, acknowledged.Reference, acknowledged.StateBytes));
                break;
            default: throw new UnreachableException($"No rule for {report}.");
        }
    }

    public static void WorkerLost(Draft draft, int pipeline)
    {
        for (var index = 0; index < draft[pipeline].TaskGroups.Length; index++)
        {
            if (draft[pipeline, index].Slot is { } slot && draft.State.IsGone(slot)) Apply(draft, pipeline, index, new TaskGroupInput.NodeLost());
        }
    }

    public static void Expire(Draft draft, int pipeline)
    {
        if (draft[pipeline].Status.IsTerminal) return;
        Checkpoint(draft, pipeline, new CheckpointEvent.DeadlinePassed());
        for (var index = 0; index < draft[pipeline].TaskGroups.Length; index++)
        {
            Apply(draft, pipeline, index, new TaskGroupInput.DeadlinePassed());
        }
        if (draft[pipeline].Deadline is not { } deadline || !deadline.HasPassed(draft.Now)) return;
        if (deadline.Kind == DeadlineKind.RestoreWait) draft[pipeline] = draft[pipeline] with { Deadline = null };
    }

    /// <summary>One input for one group: its order goes out, and its failure is the attempt's.</summary>
    public static void Apply(Draft draft, int pipeline, int taskGroup, TaskGroupInput input)
    {
        var before = draft[pipeline, taskGroup];
        var plan = draft[pipeline].Plan;
        var location = draft.State.Plan.LocationOf(plan, plan.TaskGroups[taskGroup]);
        var step = TaskGroupMachine.Decide(before, input, location, draft.Limits, draft.Now);
        if (step.Via is { } via)
        {
            draft[pipeline, taskGroup] = via;
            FailWith(draft, pipeline, taskGroup);
            draft.Tell();
            draft[pipeline, taskGroup] = step.State with { Times = draft[pipeline, taskGroup].Times };
        }
        else if (!ReferenceEquals(step.State, before))
        {
            draft[pipeline, taskGroup] = step.State;
            FailWith(draft, pipeline, taskGroup);
        }
        if (step.Order is { } order) Order(draft, pipeline, location, before.Slot, order);
    }

    /// <summary>The first failing group is why the attempt is lost; those that fail after it follow from it or add nothing.</summary>
    private static void FailWith(Draft draft, int pipeline, int taskGroup)
    {
        if (draft[pipeline, taskGroup] is not { Status: TaskGroupStatus.Failing, Failure: { } failure }) return;
        var plan = draft[pipeline].Plan;
        Fail(draft, pipeline, failure with { Task = failure.Task ?? draft.State.Plan.FullNameOf(plan, plan.TaskGroups[taskGroup]) });
    }

    private static void Fail(Draft draft, int pipeline, Failure failure, bool isOfCheckpoint = false)
    {
        var state = draft[pipeline];
        if (state.Failure is not null) return;
        draft[pipeline] = state with
        {
            Failure = new(failure, draft.Now, isOfCheckpoint),
            FirstFailure = state.FirstFailure ?? failure,
        };
    }

    private static void Order(Draft draft, int pipeline, TaskGroupLocation location, SlotGrant? grant, TaskGroupOrder order)
    {
        Belief.Holds(grant is not null, because: "only a group that has a slot gets orders");
        var (fence, slot) = (draft.FenceOf(pipeline), grant.Value.Slot);
        if (order == TaskGroupOrder.Abandon) draft.Say($"{location} did not stop in time and is abandoned.", isWarning: true);
        draft.Do(order switch
        {
            TaskGroupOrder.Deploy => new JobEffect.DeployTaskGroup(location, fence, slot, grant.Value.Instance, draft[pipeline].Checkpoint.Latest),
            TaskGroupOrder.Start => new JobEffect.StartTaskGroup(location, fence, slot),
            TaskGroupOrder.Cancel => new JobEffect.CancelTaskGroup(location, fence, slot),
            TaskGroupOrder.Abandon => new JobEffect.AbandonTaskGroup(location, fence, slot),
            TaskGroupOrder.Ask => new JobEffect.AskTaskGroup(location, fence, slot),
            _ => throw new UnreachableException($"No effect for {order}."),
        });
    }
}
