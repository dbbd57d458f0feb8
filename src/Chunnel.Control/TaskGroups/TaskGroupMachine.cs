using System.Diagnostics;

namespace Chunnel.Control;

/// <summary>The life of one task group within one attempt. A terminal state answers every input by staying.</summary>
internal static class TaskGroupMachine
{
    public static TaskGroupStep Decide(
        TaskGroupState state, TaskGroupInput input, TaskGroupLocation location, JobDeadlines limits, Instant now)
    {
        if (state.Status.IsTerminal) return new(state);
        return input switch
        {
            TaskGroupInput.Create => new(To(state, TaskGroupStatus.Created)),
            TaskGroupInput.Grant grant => Grant(state, grant.Slot),
            TaskGroupInput.Deploy => Deploy(state, limits, now),
            TaskGroupInput.Deployed => Deployed(state, limits, now),
            TaskGroupInput.Ready => Ready(state, limits, now),
            TaskGroupInput.Start => Start(state),
            TaskGroupInput.Seen seen => Seen(state, seen.Sighting, location, limits, now),
            TaskGroupInput.Finished finished => Finish(state, finished.IsExpected, location),
            TaskGroupInput.Canceled => End(state, ControlErrors.Inside($"The node of {location} cancelled it without being told to.")),
            TaskGroupInput.Failed failed => End(state, failed.Failure),
            TaskGroupInput.NodeLost => End(state, ControlErrors.Offline(location, state.Slot?.Slot.Worker ?? "none")),
            TaskGroupInput.Stop stop => Stop(state, now + stop.Within),
            TaskGroupInput.DeadlinePassed => Expire(state, location, limits, now),
            _ => throw new UnreachableException($"No rule for {input}."),
        };
    }

    private static TaskGroupStep Grant(TaskGroupState state, SlotGrant slot)
    {
        Belief.Holds(state is { Status: TaskGroupStatus.Created, Slot: null }, because: "a group is given one slot, before it is deployed");
        return new(state with { Slot = slot });
    }

    private static TaskGroupStep Deploy(TaskGroupState state, JobDeadlines limits, Instant now)
    {
        Belief.Holds(state is { Status: TaskGroupStatus.Created, Slot: not null }, because: "only a group with a slot is deployed, once");
        return new(To(state, TaskGroupStatus.Deploying, new(now + limits.Deploy, DeadlineKind.Deploy))) { Order = TaskGroupOrder.Deploy };
    }

    private static TaskGroupStep Deployed(TaskGroupState state, JobDeadlines limits, Instant now) =>
        new(state.Status == TaskGroupStatus.Deploying
            ? To(state, TaskGroupStatus.Running, new(now + limits.Open, DeadlineKind.Open))
            : state);

    /// <summary>Being ready implies being deployed: the two reports may overtake each other.</summary>
    private static TaskGroupStep Ready(TaskGroupState state, JobDeadlines limits, Instant now) =>
        new(state.Status is TaskGroupStatus.Deploying or TaskGroupStatus.Running
            ? To(state, TaskGroupStatus.Running, new(now + limits.Silence, DeadlineKind.Silence)) with { IsReady = true }
            : state);

    private static TaskGroupStep Start(TaskGroupState state)
    {
        Belief.Holds(state is { Status: TaskGroupStatus.Running, IsReady: true }, because: "tasks start when all of them are ready");
        return new(state with { IsStarted = true }) { Order = TaskGroupOrder.Start };
    }

    private static TaskGroupStep Seen(
        TaskGroupState state, TaskGroupSighting sighting, TaskGroupLocation location, JobDeadlines limits, Instant now) => sighting switch
        {
            TaskGroupSighting.Unknown when state.Status == TaskGroupStatus.Deploying => new(state),    // the order is still on its way
            TaskGroupSighting.Unknown => End(state, ControlErrors.Offline(location, state.Slot?.Slot.Worker ?? "none")),
            TaskGroupSighting.Ready => Ready(state, limits, now) with { Order = MissedItsStart(state) ? TaskGroupOrder.Start : null },
            TaskGroupSighting.Alive => new(Renewed(Deployed(state, limits, now).State, limits, now)),
            _ => throw new UnreachableException($"No rule for {sighting}."),
        };

    private static bool MissedItsStart(TaskGroupState state) => state is { Status: TaskGroupStatus.Running, IsStarted: true };

    /// <summary>A sign of life moves the silence, not the time that opening may take.</summary>
    private static TaskGroupState Renewed(TaskGroupState state, JobDeadlines limits, Instant now) =>
        state is { Status: TaskGroupStatus.Running, IsReady: true }
            ? state with { Deadline = new(now + limits.Silence, DeadlineKind.Silence) }
            : state;

    private static TaskGroupStep Finish(TaskGroupState state, bool isExpected, TaskGroupLocation location) => state.Status switch
    {
        _ when !isExpected => End(state, ControlErrors.Inside($"{location} ended before the last checkpoint of its pipeline was complete.")),
        TaskGroupStatus.Deploying => new(To(state, TaskGroupStatus.Finished)) { Via = To(state, TaskGroupStatus.Running) },
        TaskGroupStatus.Running or TaskGroupStatus.Canceling => new(To(state, TaskGroupStatus.Finished)),
        _ => End(state, ControlErrors.Inside($"{location} ended without having been deployed.")),
    };

    /// <summary>It is gone. Who was told to stop has obeyed, whatever it says on its way out.</summary>
    private static TaskGroupStep End(TaskGroupState state, Failure why) => state.Status switch
    {
        TaskGroupStatus.Canceling => new(To(state, TaskGroupStatus.Canceled)),
        TaskGroupStatus.Failing => new(To(state, TaskGroupStatus.Failed)),
        TaskGroupStatus.Deploying or TaskGroupStatus.Running => new(To(state, TaskGroupStatus.Failed) with { Failure = why })
        {
            Via = To(state, TaskGroupStatus.Failing) with { Failure = why },
        },
        _ => new(state),
    };

    private static TaskGroupStep Stop(TaskGroupState state, Instant until) => state.Status switch
    {
        TaskGroupStatus.Initializing or TaskGroupStatus.Created => new(To(state, TaskGroupStatus.Canceled)),
        TaskGroupStatus.Deploying or TaskGroupStatus.Running =>
            new(To(state, TaskGroupStatus.Canceling, new(until, DeadlineKind.Stop))) { Order = TaskGroupOrder.Cancel },
        _ when state.Deadline is { } deadline && deadline.At <= until => new(state),
        _ => new(state with { Deadline = new(until, DeadlineKind.Stop) }),
    };

    private static TaskGroupStep Expire(TaskGroupState state, TaskGroupLocation location, JobDeadlines limits, Instant now)
    {
        if (state.Deadline is not { } deadline || !deadline.HasPassed(now)) return new(state);
        var worker = state.Slot?.Slot.Worker ?? "none";
        return deadline.Kind switch
        {
            DeadlineKind.Deploy => GiveUp(state, limits, now, ControlErrors.Expired(
                $"The node {worker} did not take {location}", limits.Deploy, "Is it overloaded or cut off?")),
            DeadlineKind.Open => GiveUp(state, limits, now, ControlErrors.Expired(
                $"The tasks of {location} did not open", limits.Open, "Do the systems that its source and sinks connect to answer?")),
            DeadlineKind.Silence =>
                new(state with { Deadline = new(now + limits.Answer, DeadlineKind.Answer) }) { Order = TaskGroupOrder.Ask },
            DeadlineKind.Answer => GiveUp(state, limits, now, ControlErrors.Expired(
                $"The node {worker} did not say how {location} is", limits.Silence + limits.Answer, "Is it overloaded or cut off?")),
            DeadlineKind.Stop => End(state, ControlErrors.Inside("stopped")) with { Order = TaskGroupOrder.Abandon },
            _ => throw new UnreachableException($"A task group has no deadline {deadline.Kind}."),
        };
    }

    private static TaskGroupStep GiveUp(TaskGroupState state, JobDeadlines limits, Instant now, Failure why) =>
        new(To(state, TaskGroupStatus.Failing, new(now + limits.StopBeforeRestore, DeadlineKind.Stop)) with { Failure = why })
        {
            Order = TaskGroupOrder.Cancel,
        };

    private static TaskGroupState To(TaskGroupState state, TaskGroupStatus status, Deadline? deadline = null) =>
        state with { Status = status, Deadline = deadline };
}
