using System.Collections.Immutable;
using System.Diagnostics;

namespace Chunnel.Control;

/// <summary>What the log says of a job that has not ended: enough to go on with it where its node died.</summary>
public sealed record LoggedJob
{
    public required long JobId { get; init; }

    public required string Name { get; init; }

    /// <summary>When it was accepted.</summary>
    public required Instant SubmittedAt { get; init; }

    /// <summary>The highest attempt of any pipeline.</summary>
    public int LastAttempt { get; init; }

    public bool SaveModesAreDone { get; init; }

    public bool IsCancelRequested { get; init; }

    public bool IsSavepointRequested { get; init; }

    /// <summary>By pipeline id: those that have taken the passing savepoint that was asked for last; null where none was.</summary>
    public ImmutableHashSet<int>? SavedInPassing { get; init; }

    /// <summary>By pipeline id: the newest passing savepoint, whatever checkpoints followed.</summary>
    public ImmutableDictionary<int, CompletedCheckpoint> Savepoints { get; init; } = ImmutableDictionary<int, CompletedCheckpoint>.Empty;

    /// <summary>By pipeline id: the newest completed checkpoint.</summary>
    public ImmutableDictionary<int, CompletedCheckpoint> Checkpoints { get; init; } = ImmutableDictionary<int, CompletedCheckpoint>.Empty;

    /// <summary>By pipeline id: those that have ended.</summary>
    public ImmutableDictionary<int, LoggedPipelineEnd> Ended { get; init; } = ImmutableDictionary<int, LoggedPipelineEnd>.Empty;

    /// <summary>Set once the job has ended.</summary>
    public ControlRecord.JobEnded? End { get; init; }

    public static LoggedJob Of(ControlRecord.JobSubmitted record) => new()
    {
        JobId = record.JobId,
        Name = record.Name,
        SubmittedAt = record.At,
        LastAttempt = record.Origin.AttemptsBefore,
        Checkpoints = record.Origin.Checkpoints,
    };

    /// <summary>The same after one more record about it.</summary>
    public LoggedJob After(ControlRecord record) => record switch
    {
        ControlRecord.JobSubmitted submitted => Of(submitted),
        ControlRecord.SaveModesDone => this with { SaveModesAreDone = true },
        ControlRecord.CancelRequested => this with { IsCancelRequested = true },
        ControlRecord.SavepointRequested => this with { IsSavepointRequested = true },
        ControlRecord.PassingSavepointRequested => this with { SavedInPassing = [] },
        ControlRecord.AttemptStarted started => this with { LastAttempt = Math.Max(LastAttempt, started.Fence.Attempt) },
        ControlRecord.CheckpointCompleted { Checkpoint.Type: CheckpointType.PassingSavepoint } saved => this with
        {
            Checkpoints = Checkpoints.SetItem(saved.PipelineId, saved.Checkpoint),
            Savepoints = Savepoints.SetItem(saved.PipelineId, saved.Checkpoint),
            SavedInPassing = SavedInPassing?.Add(saved.PipelineId),
        },
        ControlRecord.CheckpointCompleted completed => this with { Checkpoints = Checkpoints.SetItem(completed.PipelineId, completed.Checkpoint) },
        ControlRecord.PipelineEnded ended => this with { Ended = Ended.SetItem(ended.PipelineId, new LoggedPipelineEnd(ended.Status, ended.ErrorText)) },
        ControlRecord.JobEnded end => this with { End = end },
        _ => throw new UnreachableException($"No rule for {record}."),
    };
}
