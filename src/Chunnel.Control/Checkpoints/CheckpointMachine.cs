using System.Diagnostics;

namespace Chunnel.Control;

/// <summary>
/// The checkpoint coordinator of one pipeline (engine.md 6.2, 6.3, 6.5, 6.8, 6.9): one checkpoint at a time; triggered, acknowledged
/// by every task, stored, complete. A savepoint and a completed-point end the pipeline; after a passing savepoint it runs on.
/// </summary>
public static partial class CheckpointMachine
{
    public static CheckpointDecision Decide(CheckpointState state, CheckpointEvent what, CheckpointPolicy policy, Instant now) => what switch
    {
        CheckpointEvent.Stopped stopped => Stop(state, stopped.As, CheckpointErrors.PipelineEnded, now),
        CheckpointEvent.DeadlinePassed => Expire(state, policy, now),
        CheckpointEvent.PassingSavepointWanted => WantPassing(state, policy, now),
        _ when state.Status != CheckpointStatus.Running => new(state),
        CheckpointEvent.Started => TriggerIfDue(state with { IsStarted = true, NextTriggerAt = now + policy.Interval }, policy, now),
        CheckpointEvent.ReaderDone done when state.Readers.Contains(done.Task) =>
            TriggerIfDue(state with { ReadersDone = state.ReadersDone.Add(done.Task) }, policy, now),
        CheckpointEvent.ReaderDone => new(state),
        CheckpointEvent.SchemaChangeFound found => Hold(state, found.Task, policy, now),
        CheckpointEvent.SchemaChangePassed passed => Passed(state, passed.Task, policy, now),
        CheckpointEvent.SavepointWanted => TriggerIfDue(state with { IsSavepointWanted = true }, policy, now),
        CheckpointEvent.NothingToSave => new(state with { Status = CheckpointStatus.Suspended }),
        CheckpointEvent.Acknowledged acknowledged => Acknowledge(state, acknowledged),
        CheckpointEvent.Stored stored => Complete(state, stored, policy, now),
        CheckpointEvent.NotStored lost => Lose(state, lost, now),
        _ => throw new UnreachableException($"No rule for {what}."),
    };

    /// <summary>
    /// The end of the input comes before a savepoint: with nothing left to read, there is nothing to go on with. A change of a schema that has not
    /// begun comes after it: whoever goes on from the savepoint reads the change again. Before a passing one it comes, like before a checkpoint.
    /// </summary>
    private static CheckpointDecision TriggerIfDue(CheckpointState state, CheckpointPolicy policy, Instant now)
    {
        if (!state.IsStarted || state.Pending is not null) return new(state);
        if (state.Change is { } change) return change.HasPassed ? Trigger(state, CheckpointType.SchemaChangeAfter, policy, now) : new(state);
        if (state.ReadersDone.Count == state.Readers.Count) return Trigger(state, CheckpointType.CompletedPoint, policy, now);
        if (state.IsSavepointWanted) return Trigger(state, CheckpointType.Savepoint, policy, now);
        if (!state.ChangesHeld.IsEmpty) return Trigger(state, CheckpointType.SchemaChangeBefore, policy, now);
        if (state.IsPassingSavepointWanted) return Trigger(state, CheckpointType.PassingSavepoint, policy, now);
        return state.NextTriggerAt <= now ? Trigger(state, CheckpointType.Checkpoint, policy, now) : new(state);
    }

    /// <summary>A lost attempt leaves it to the next one. A pipeline that closes shows all that it has read in any case.</summary>
    private static CheckpointDecision WantPassing(CheckpointState state, CheckpointPolicy policy, Instant now)
    {
        if (state.IsClosing || state.IsPassingSavepointWanted) return new(state);
        var wanted = state with { IsPassingSavepointWanted = true };
        return state.Status == CheckpointStatus.Running ? TriggerIfDue(wanted, policy, now) : new(wanted);
    }

    private static CheckpointDecision Trigger(CheckpointState state, CheckpointType type, CheckpointPolicy policy, Instant now)
    {
        var counts = type != CheckpointType.CompletedPoint;
        var pending = new PendingCheckpoint
        {
            Id = counts ? state.NextId : CheckpointState.CompletedPointId,
            Type = type,
            Changing = ChangingOf(state, type),
            TriggeredAt = now,
            ExpiresAt = now + (type == CheckpointType.SchemaChangeAfter ? policy.SchemaChangeTimeout : policy.Timeout),
            Unacknowledged = state.Tasks,
        };
        var triggered = state with
        {
            Pending = pending,
            History = state.History.WithTriggered(),
            NextId = counts ? state.NextId + 1 : state.NextId,
            NextTriggerAt = type is CheckpointType.Checkpoint or CheckpointType.PassingSavepoint ? now + policy.Interval : null,
        };
        return new(triggered, new CheckpointEffect.Trigger(pending));
    }

    /// <summary>An acknowledgement may be repeated, and may be of a checkpoint that is no longer pending.</summary>
    private static CheckpointDecision Acknowledge(CheckpointState state, CheckpointEvent.Acknowledged acknowledged)
    {
        if (state.Pending is not { } pending || pending.Id != acknowledged.Id) return new(state);
        if (!pending.Unacknowledged.Contains(acknowledged.Task)) return new(state);
        pending = pending with
        {
            Unacknowledged = pending.Unacknowledged.Remove(acknowledged.Task),
            Parts = pending.Parts.Add(new(acknowledged.Task, acknowledged.Reference, acknowledged.StateBytes)),
        };
        state = state with { Pending = pending };
        return pending.IsAcknowledged ? new(state, new CheckpointEffect.Store(pending)) : new(state);
    }

    private static CheckpointDecision Complete(CheckpointState state, CheckpointEvent.Stored stored, CheckpointPolicy policy, Instant now)
    {
        if (state.Pending is not { IsAcknowledged: true } pending || pending.Id != stored.Id) return new(state);
        var completed = new CompletedCheckpoint
        {
            Id = pending.Id,
            Type = pending.Type,
            Changing = pending.Changing,
            TriggeredAt = pending.TriggeredAt,
            CompletedAt = now,
            Parts = pending.Parts,
            Reference = stored.Reference,
        };
        state = state with { Pending = null, Latest = completed, History = state.History.With(PastCheckpoint.Of(pending, CheckpointOutcome.Completed, now)) };
        if (!pending.Type.Ends)
        {
            var next = TriggerIfDue(GoOn(state, pending, policy, now), policy, now);
            return next with { Effects = [new CheckpointEffect.Complete(completed), .. next.Effects] };
        }
        var closing = state with
        {
            Status = pending.Type == CheckpointType.Savepoint ? CheckpointStatus.Suspended : CheckpointStatus.Finished,
            NextTriggerAt = null,
            CloseBy = now + policy.Timeout,
        };
        return new(closing, new CheckpointEffect.Complete(completed));
    }

    private static CheckpointState GoOn(CheckpointState state, PendingCheckpoint completed, CheckpointPolicy policy, Instant now) => completed.Type switch
    {
        CheckpointType.SchemaChangeBefore => LetPass(state, policy, now),
        CheckpointType.SchemaChangeAfter => state with { Change = null, NextTriggerAt = AfterPause(now + policy.Interval, policy, now) },
        CheckpointType.PassingSavepoint => state with { IsPassingSavepointWanted = false, NextTriggerAt = AfterPause(state.NextTriggerAt, policy, now) },
        _ => state with { NextTriggerAt = AfterPause(state.NextTriggerAt, policy, now) },
    };

    /// <summary>A trigger whose time came while this checkpoint was under way waits a little, so that there is time for rows in between.</summary>
    private static Instant? AfterPause(Instant? next, CheckpointPolicy policy, Instant now)
    {
        if (next is not { } at) return null;
        if (at <= now) at = now + CheckpointPolicy.Retry;
        var earliest = now + policy.MinPause;
        return at < earliest ? earliest : at;
    }

    private static CheckpointDecision Lose(CheckpointState state, CheckpointEvent.NotStored lost, Instant now) =>
        state.Pending is { IsAcknowledged: true } pending && pending.Id == lost.Id
            ? Fail(state, lost.Failure, now)
            : new(state);

    private static CheckpointDecision Expire(CheckpointState state, CheckpointPolicy policy, Instant now)
    {
        if (state.Pending is { } pending && now >= pending.ExpiresAt)
        {
            return Fail(state, ControlErrors.Checkpoint(CheckpointErrors.Expired), now);
        }
        if (state.CloseBy is { } closeBy && now >= closeBy)
        {
            return Fail(state, ControlErrors.Checkpoint(CheckpointErrors.NotifyFailed), now);
        }
        if (state.OverdueChange is { } passBy && now >= passBy) return Fail(state, ControlErrors.Checkpoint(CheckpointErrors.ChangeOverdue), now);
        return state.Status == CheckpointStatus.Running ? TriggerIfDue(state, policy, now) : new(state);
    }

    private static CheckpointDecision Fail(CheckpointState state, Failure failure, Instant now)
    {
        var stopped = Stop(state, CheckpointStatus.Failed, failure.Text, now);
        return stopped with { Effects = [.. stopped.Effects, new CheckpointEffect.Fail(failure)] };
    }

    /// <summary>A coordinator that is done with a cancelled pipeline stays done; a failed attempt is failed in any case.</summary>
    private static CheckpointDecision Stop(CheckpointState state, CheckpointStatus status, string reason, Instant now)
    {
        if (state.IsClosing && status == CheckpointStatus.Canceled) status = state.Status;
        if (state.Status == status && state.NextDeadline is null) return new(state);
        var stopped = state with { Status = status, Pending = null, ChangesHeld = [], Change = null, NextTriggerAt = null, CloseBy = null };
        if (state.Pending is not { } pending) return new(stopped);
        var outcome = status == CheckpointStatus.Canceled ? CheckpointOutcome.Canceled : CheckpointOutcome.Failed;
        return new(stopped with { History = state.History.With(PastCheckpoint.Of(pending, outcome, now, reason)) }, new CheckpointEffect.Abort(pending));
    }
}
