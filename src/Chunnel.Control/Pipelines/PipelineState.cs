using System.Collections.Immutable;

namespace Chunnel.Control;

/// <summary>One pipeline: its groups, its coordinator, and what was decided about it. Its state is read off them.</summary>
public sealed record PipelineState
{
    public required PlannedPipeline Plan { get; init; }

    /// <summary>One for each group of <see cref="PlannedPipeline.TaskGroups"/>, in its order.</summary>
    public required ImmutableArray<TaskGroupState> TaskGroups { get; init; }

    public required CheckpointState Checkpoint { get; init; }

    /// <summary>The attempt that this life of the job began with.</summary>
    public required int FirstAttempt { get; init; }

    /// <summary>Which deployment this is, from 1 over all lives of the job's id. What an earlier one says is ignored.</summary>
    public required int Attempt { get; init; }

    public int RestoresUsed => Attempt - FirstAttempt;

    /// <summary>The number of the slot request that is not answered.</summary>
    public long? OpenSlotRequest { get; init; }

    /// <summary>While it waits for slots or for its restore.</summary>
    public Deadline? Deadline { get; init; }

    public StopCause? Stop { get; init; }

    /// <summary>Slots of an attempt that was lost, until the next one asks: nobody who waits is to take them meanwhile.</summary>
    public ImmutableArray<SlotGrant> Kept { get; init; } = [];

    /// <summary>Why the present attempt is lost.</summary>
    public AttemptFailure? Failure { get; init; }

    /// <summary>What the first lost attempt died of.</summary>
    public Failure? FirstFailure { get; init; }

    /// <summary>The attempt failed and no other follows.</summary>
    public bool IsGivenUp { get; init; }

    public StateTimes<PipelineStatus> Times { get; init; } = StateTimes<PipelineStatus>.None;

    public PipelineStatus Status => PipelineStatusRule.Of(this);

    public bool HasEnded => TaskGroups.All(taskGroup => taskGroup.Status.IsTerminal);

    /// <summary>It had slots at least once.</summary>
    public bool WasScheduled => Times.Has(PipelineStatus.Scheduled);

    /// <summary>It has asked for slots in this life of the job; from then on it counts until it has ended.</summary>
    internal bool HasBegun => OpenSlotRequest is not null || RestoresUsed > 0 || Failure is not null || WasScheduled;

    /// <summary>It ended by a savepoint that was taken from running tasks.</summary>
    public bool EndedBySavepoint => Checkpoint.Status == CheckpointStatus.Suspended && Status == PipelineStatus.Finished;

    /// <summary>When the next thing that it waits for is overdue.</summary>
    public Instant? NextDeadline
    {
        get
        {
            if (HasEnded && Status.IsTerminal) return null;
            var next = Instant.Earliest(Deadline?.At, Checkpoint.NextDeadline);
            foreach (var taskGroup in TaskGroups) next = Instant.Earliest(next, taskGroup.Deadline?.At);
            return next;
        }
    }

    /// <summary>The same as it was when it ended under an earlier master.</summary>
    internal PipelineState AsEnded(LoggedPipelineEnd end, bool isSavepointRequested, Instant now)
    {
        var groups = end.Status switch
        {
            PipelineStatus.Finished => TaskGroupStatus.Finished,
            PipelineStatus.Canceled => TaskGroupStatus.Canceled,
            _ => TaskGroupStatus.Failed,
        };
        var failure = end.Status == PipelineStatus.Failed ? new Failure { Text = end.ErrorText ?? "It failed before its master was lost." } : null;
        return this with
        {
            TaskGroups = [.. TaskGroups.Select(taskGroup => taskGroup with { Status = groups })],
            Checkpoint = Checkpoint with
            {
                Status = end.Status switch
                {
                    PipelineStatus.Finished when isSavepointRequested && Checkpoint.Latest?.Type != CheckpointType.CompletedPoint => CheckpointStatus.Suspended,
                    PipelineStatus.Finished => CheckpointStatus.Finished,
                    PipelineStatus.Canceled => CheckpointStatus.Canceled,
                    _ => CheckpointStatus.Failed,
                },
            },
            Failure = failure is null ? null : new AttemptFailure(failure, now),
            IsGivenUp = failure is not null,
        };
    }

    internal static PipelineState Of(PlannedJob job, PlannedPipeline pipeline, JobOrigin origin) => new()
    {
        Plan = pipeline,
        TaskGroups = [.. pipeline.TaskGroups.Select(_ => new TaskGroupState())],
        Checkpoint = CheckpointState.Of(job, pipeline, origin.Checkpoints.GetValueOrDefault(pipeline.Id)),
        FirstAttempt = origin.AttemptsBefore + 1,
        Attempt = origin.AttemptsBefore + 1,
    };
}
