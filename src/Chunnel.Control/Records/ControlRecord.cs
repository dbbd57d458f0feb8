using System.Collections.Immutable;

namespace Chunnel.Control;

/// <summary>A decision that must survive the node (cluster.md 4.7). The shell adds the job's text to the first one.</summary>
public abstract record ControlRecord(long JobId)
{
    /// <summary>Written before the caller is told that the job was accepted.</summary>
    /// <param name="JobId">The job.</param>
    /// <param name="Name">Its name.</param>
    /// <param name="At">When it was accepted.</param>
    /// <param name="Origin">What it goes on from.</param>
    public sealed record JobSubmitted(long JobId, string Name, Instant At, JobOrigin Origin) : ControlRecord(JobId);

    /// <summary>Save modes are behind us: they are not run a second time.</summary>
    public sealed record SaveModesDone(long JobId) : ControlRecord(JobId);

    public sealed record CancelRequested(long JobId) : ControlRecord(JobId);

    public sealed record SavepointRequested(long JobId) : ControlRecord(JobId);

    public sealed record PassingSavepointRequested(long JobId) : ControlRecord(JobId);

    /// <summary>Written before the first order of the attempt.</summary>
    public sealed record AttemptStarted(long JobId, int PipelineId, Fence Fence, ImmutableArray<SlotGrant> Grants) : ControlRecord(JobId);

    /// <summary>Written before anyone commits.</summary>
    public sealed record CheckpointCompleted(long JobId, int PipelineId, Fence Fence, CompletedCheckpoint Checkpoint) : ControlRecord(JobId);

    /// <param name="JobId">The job.</param>
    /// <param name="PipelineId">The pipeline.</param>
    /// <param name="Status">A terminal state.</param>
    /// <param name="ErrorText">Why it failed; null if it did not.</param>
    public sealed record PipelineEnded(long JobId, int PipelineId, PipelineStatus Status, string? ErrorText) : ControlRecord(JobId);

    /// <summary>Written before anyone is told.</summary>
    public sealed record JobEnded(long JobId, JobStatus Status, string? ErrorText) : ControlRecord(JobId);
}
