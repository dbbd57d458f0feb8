using System.Diagnostics;

namespace Chunnel.Control;

/// <summary>
/// The checkpoint coordinator of one pipeline (engine.md 6.3, 6.5, 6.9): one checkpoint at a time; triggered, acknowledged
/// by every task, complete. Today both kinds of it end the pipeline.
/// </summary>
public static class CheckpointMachine
{
    public static CheckpointDecision Decide(CheckpointState state, CheckpointEvent what, TimeSpan timeout, Instant now) => what switch
    {
        CheckpointEvent.Stopped stopped => new(Stop(state, stopped.As)),
        CheckpointEvent.DeadlinePassed => Expire(state, now),
        _ when state.Status != CheckpointStatus.Running => new(state),
        CheckpointEvent.Started => TriggerIfDue(state with { IsStarted = true }, timeout, now),
        CheckpointEvent.ReaderDone done when state.Readers.Contains(done.Task) =>
            TriggerIfDue(state with { ReadersDone = state.ReadersDone.Add(done.Task) }, timeout, now),
        CheckpointEvent.ReaderDone => new(state),
        CheckpointEvent.SavepointWanted => TriggerIfDue(state with { IsSavepointWanted = true }, timeout, now),
        CheckpointEvent.NothingToSave => new(state with { Status = CheckpointStatus.Suspended }),
        CheckpointEvent.Acknowledged acknowledged => Acknowledge(state, acknowledged, timeout, now),
        _ => throw new UnreachableException($"No rule for {what}."),
    };

    /// <summary>The end of the input comes before a savepoint: with nothing left to read, there is nothing to go on with.</summary>
    private static CheckpointDecision TriggerIfDue(CheckpointState state, TimeSpan timeout, Instant now)
    {
        if (!state.IsStarted || state.Pending is not null) return new(state);
        if (state.ReadersDone.Count == state.Readers.Count) return Trigger(state, CheckpointType.CompletedPoint, timeout, now);
        return state.IsSavepointWanted ? Trigger(state, CheckpointType.Savepoint, timeout, now) : new(state);
    }

    private static CheckpointDecision Trigger(CheckpointState state, CheckpointType type, TimeSpan timeout, Instant now)
    {
        var counts = type != CheckpointType.CompletedPoint;
        var pending = new PendingCheckpoint
        {
            Id = counts ? state.NextId : CheckpointState.CompletedPointId,
            Type = type,
            TriggeredAt = now,
            ExpiresAt = now + timeout,
            Unacknowledged = state.Tasks,
        };
        return new(state with { Pending = pending, NextId = counts ? state.NextId + 1 : state.NextId }, new CheckpointEffect.Trigger(pending));
    }

    /// <summary>An acknowledgement may be repeated, and may be of a checkpoint that is no longer pending.</summary>
    private static CheckpointDecision Acknowledge(
        CheckpointState state, CheckpointEvent.Acknowledged acknowledged, TimeSpan timeout, Instant now)
    {
        if (state.Pending is not { } pending || pending.Id != acknowledged.Id) return new(state);
        if (!pending.Unacknowledged.Contains(acknowledged.Task)) return new(state);
        pending = pending with
        {
            Unacknowledged = pending.Unacknowledged.Remove(acknowledged.Task),
            Parts = pending.Parts.Add(new(acknowledged.Task, acknowledged.Reference)),
        };
        return pending.Unacknowledged.IsEmpty ? Complete(state, pending, timeout, now) : new(state with { Pending = pending });
    }

    private static CheckpointDecision Complete(CheckpointState state, PendingCheckpoint pending, TimeSpan timeout, Instant now)
    {
        var completed = new CompletedCheckpoint
        {
            Id = pending.Id,
            Type = pending.Type,
            TriggeredAt = pending.TriggeredAt,
            CompletedAt = now,
            Parts = pending.Parts,
        };
        var closing = state with
        {
            Status = pending.Type == CheckpointType.Savepoint ? CheckpointStatus.Suspended : CheckpointStatus.Finished,
            Pending = null,
            Latest = completed,
            CloseBy = now + timeout,
        };
        return new(closing, new CheckpointEffect.Complete(completed));
    }

    private static CheckpointDecision Expire(CheckpointState state, Instant now)
    {
        if (state.Pending is { } pending && now >= pending.ExpiresAt)
        {
            return new(Stop(state, CheckpointStatus.Failed), new CheckpointEffect.Fail(ControlErrors.Checkpoint(CheckpointErrors.Expired)));
        }
        if (state.CloseBy is { } closeBy && now >= closeBy)
        {
            return new(Stop(state, CheckpointStatus.Failed), new CheckpointEffect.Fail(ControlErrors.Checkpoint(CheckpointErrors.NotifyFailed)));
        }
        return new(state);
    }

    /// <summary>A coordinator that is done with a cancelled pipeline stays done; a failed attempt is failed in any case.</summary>
    private static CheckpointState Stop(CheckpointState state, CheckpointStatus status)
    {
        if (state.IsClosing && status == CheckpointStatus.Canceled) status = state.Status;
        return state.Status == status && state.NextDeadline is null
            ? state
            : state with { Status = status, Pending = null, CloseBy = null };
    }
}
