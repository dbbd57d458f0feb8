using System.Collections.Immutable;

namespace Chunnel.Control;

/// <summary>
/// A job as the master knows it: the plan, the pipelines, and the intents that were recorded. Everything else, its
/// <see cref="Status"/> first, is read off these. Immutable: it may be kept, compared and read from any thread.
/// </summary>
public sealed record JobState
{
    public required PlannedJob Plan { get; init; }

    public required JobPolicy Policy { get; init; }

    /// <summary>The reign whose orders this state gives.</summary>
    public required long Epoch { get; init; }

    /// <summary>One for each of <see cref="PlannedJob.Pipelines"/>, in its order.</summary>
    public required ImmutableArray<PipelineState> Pipelines { get; init; }

    /// <summary>The shell is running the save modes of the sinks.</summary>
    public bool IsRunningSaveModes { get; init; }

    /// <summary>While save modes run.</summary>
    public Deadline? Deadline { get; init; }

    /// <summary>The number that this life of the job began to count its slot requests from.</summary>
    public required long SlotRequestsBefore { get; init; }

    /// <summary>How many slot requests were made over all lives of the job's id; the last one has this number.</summary>
    public required long SlotRequests { get; init; }

    public bool HasAskedForSlots => SlotRequests > SlotRequestsBefore;

    /// <summary>A person asked for a cancel.</summary>
    public bool IsCancelRequested { get; init; }

    /// <summary>A person asked to stop with a savepoint.</summary>
    public bool IsSavepointRequested { get; init; }

    /// <summary>It is gone on with after its master was lost.</summary>
    public bool IsResumed { get; init; }

    /// <summary>What is carried out as soon as a job that is gone on with runs.</summary>
    public DueOrder? Due { get; init; }

    /// <summary>What failed outside of any pipeline: save modes, or the control core itself.</summary>
    public Failure? Failure { get; init; }

    /// <summary>When each state was entered last; <see cref="JobStatus.Initializing"/> is when the job was accepted.</summary>
    public StateTimes<JobStatus> Times { get; init; } = StateTimes<JobStatus>.None;

    public JobStatus Status => JobStatusRule.Of(this);

    /// <summary>Slots were granted at least once: from here on there are tasks to be stopped.</summary>
    public bool WasScheduled => Pipelines.Any(pipeline => pipeline.WasScheduled);

    /// <summary>The highest attempt of any pipeline: a later life under this id goes on from it.</summary>
    public int LastAttempt => Pipelines.Max(pipeline => pipeline.Attempt);

    /// <summary>The failure that the job ends with; null while it may still end well (engine.md 3.1).</summary>
    public string? ErrorText => JobErrorText.Of(this);

    /// <summary>When <see cref="JobEvent.DeadlinePassed"/> is due; null only for a job that has ended.</summary>
    public Instant? NextDeadline
    {
        get
        {
            var next = Deadline?.At;
            foreach (var pipeline in Pipelines) next = Instant.Earliest(next, pipeline.NextDeadline);
            return next;
        }
    }

    internal static readonly ImmutableDictionary<string, long> NoneLost = ImmutableDictionary.Create<string, long>(StringComparer.Ordinal);

    /// <summary>By address: the last process that was lost there. A slot of it may still be on its way.</summary>
    internal ImmutableDictionary<string, long> LostWorkers { get; init; } = NoneLost;

    /// <summary>The slot went with its worker.</summary>
    internal bool IsGone(SlotGrant grant) => LostWorkers.TryGetValue(grant.Slot.Worker, out var lost) && grant.Instance <= lost;

    /// <summary>Whether another attempt would follow if nobody intervened.</summary>
    internal bool MayRestore(PipelineState pipeline) =>
        pipeline.RestoresUsed < Policy.RetryTimes && pipeline.Failure is { Failure.MayPass: true };

    /// <summary>The job cannot end well any more.</summary>
    internal bool IsLost => Failure is not null || Pipelines.Any(IsLostBy);

    internal bool IsLostBy(PipelineState pipeline) =>
        pipeline.Failure is not null && (pipeline.IsGivenUp || !MayRestore(pipeline));
}
