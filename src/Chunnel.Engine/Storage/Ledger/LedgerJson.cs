using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Chunnel.Control;

namespace Chunnel.Engine;

/// <summary>Decisions as the bytes of log records: JSON, a field for each word, unknown ones left alone, so that a log outlives its program.</summary>
internal static class LedgerJson
{
    public static byte[] Write(ControlRecord record, JobContent? content = null) => JsonSerializer.SerializeToUtf8Bytes(Entry.Of(record) with { Content = content }, LedgerJsonContext.Default.Entry);

    public static byte[] Write(LedgerJob job) => JsonSerializer.SerializeToUtf8Bytes(Whole.Of(job), LedgerJsonContext.Default.Whole);

    public static (ControlRecord Record, JobContent? Content) ReadRecord(ReadOnlyMemory<byte> bytes)
    {
        var entry = Parse(bytes, LedgerJsonContext.Default.Entry);
        return (entry.ToRecord(), entry.Content);
    }

    public static LedgerJob ReadJob(ReadOnlyMemory<byte> bytes) => Parse(bytes, LedgerJsonContext.Default.Whole).ToJob();

    private static T Parse<T>(ReadOnlyMemory<byte> bytes, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(bytes.Span, type) ?? throw new JsonException("null");
        }
        catch (JsonException unreadable)
        {
            throw new CorruptStateException($"A record of the control log cannot be read: {unreadable.Message}")
            {
                Mend = "Was it written by a newer version? Then start that one.",
            };
        }
    }

    /// <summary>One decision; which fields are filled depends on <see cref="Type"/>.</summary>
    internal sealed record Entry
    {
        public required string Type { get; init; }

        public required long JobId { get; init; }

        public string? Name { get; init; }

        public long? At { get; init; }

        public int? AttemptsBefore { get; init; }

        public Dictionary<int, Checkpoint>? Checkpoints { get; init; }

        public int? Pipeline { get; init; }

        public long? Epoch { get; init; }

        public int? Attempt { get; init; }

        public Checkpoint? Completed { get; init; }

        public string? Status { get; init; }

        public string? Error { get; init; }

        public JobContent? Content { get; init; }

        public static Entry Of(ControlRecord record) => record switch
        {
            ControlRecord.JobSubmitted submitted => New("submitted", record) with
            {
                Name = submitted.Name,
                At = submitted.At.UtcTicks,
                AttemptsBefore = submitted.Origin.AttemptsBefore,
                Checkpoints = Checkpoint.Of(submitted.Origin.Checkpoints),
            },
            ControlRecord.SaveModesDone => New("save modes done", record),
            ControlRecord.CancelRequested => New("cancel", record),
            ControlRecord.SavepointRequested => New("savepoint", record),
            ControlRecord.PassingSavepointRequested => New("passing savepoint", record),
            ControlRecord.AttemptStarted started => New("attempt", record) with { Pipeline = started.PipelineId, Epoch = started.Fence.Epoch, Attempt = started.Fence.Attempt },
            ControlRecord.CheckpointCompleted completed => New("checkpoint", record) with
            {
                Pipeline = completed.PipelineId,
                Epoch = completed.Fence.Epoch,
                Attempt = completed.Fence.Attempt,
                Completed = Checkpoint.Of(completed.Checkpoint),
            },
            ControlRecord.PipelineEnded ended => New("pipeline ended", record) with { Pipeline = ended.PipelineId, Status = ended.Status.Name, Error = ended.ErrorText },
            ControlRecord.JobEnded ended => New("ended", record) with { Status = ended.Status.Name, Error = ended.ErrorText },
            _ => throw new System.Diagnostics.UnreachableException($"No form for {record}."),
        };

        public ControlRecord ToRecord() => Type switch
        {
            "submitted" => new ControlRecord.JobSubmitted(JobId, Name!, new Instant(At!.Value), new JobOrigin { AttemptsBefore = AttemptsBefore ?? 0, Checkpoints = Checkpoint.Read(Checkpoints) }),
            "save modes done" => new ControlRecord.SaveModesDone(JobId),
            "cancel" => new ControlRecord.CancelRequested(JobId),
            "savepoint" => new ControlRecord.SavepointRequested(JobId),
            "passing savepoint" => new ControlRecord.PassingSavepointRequested(JobId),
            "attempt" => new ControlRecord.AttemptStarted(JobId, Pipeline!.Value, Fence, []),
            "checkpoint" => new ControlRecord.CheckpointCompleted(JobId, Pipeline!.Value, Fence, Completed!.Read()),
            "pipeline ended" => new ControlRecord.PipelineEnded(JobId, Pipeline!.Value, Statuses.Pipeline(Status!), Error),
            "ended" => new ControlRecord.JobEnded(JobId, Statuses.Job(Status!), Error),
            _ => throw new JsonException($"no decision is called '{Type}'"),
        };

        private Fence Fence => new(Epoch!.Value, Attempt!.Value);

        private static Entry New(string type, ControlRecord record) => new() { Type = type, JobId = record.JobId };
    }

    /// <summary>All that the log adds up to about one job: what a snapshot holds.</summary>
    internal sealed record Whole
    {
        public required long JobId { get; init; }

        public required string Name { get; init; }

        public required long SubmittedAt { get; init; }

        public int LastAttempt { get; init; }

        public bool SaveModesAreDone { get; init; }

        public bool IsCancelRequested { get; init; }

        public bool IsSavepointRequested { get; init; }

        public int[]? SavedInPassing { get; init; }

        public Dictionary<int, Checkpoint>? Savepoints { get; init; }

        public Dictionary<int, Checkpoint>? Checkpoints { get; init; }

        public Dictionary<int, PipelineEnd>? Ended { get; init; }

        /// <summary>The terminal state of a job that has ended and is not in the history yet.</summary>
        public string? End { get; init; }

        public string? Error { get; init; }

        public required JobContent Content { get; init; }

        public static Whole Of(LedgerJob job) => new()
        {
            JobId = job.Logged.JobId,
            Name = job.Logged.Name,
            SubmittedAt = job.Logged.SubmittedAt.UtcTicks,
            LastAttempt = job.Logged.LastAttempt,
            SaveModesAreDone = job.Logged.SaveModesAreDone,
            IsCancelRequested = job.Logged.IsCancelRequested,
            IsSavepointRequested = job.Logged.IsSavepointRequested,
            SavedInPassing = job.Logged.SavedInPassing is { } saved ? [.. saved.Order()] : null,
            Savepoints = Checkpoint.Of(job.Logged.Savepoints),
            Checkpoints = Checkpoint.Of(job.Logged.Checkpoints),
            Ended = job.Logged.Ended.ToDictionary(pair => pair.Key, pair => new PipelineEnd(pair.Value.Status.Name, pair.Value.ErrorText)),
            End = job.Logged.End?.Status.Name,
            Error = job.Logged.End?.ErrorText,
            Content = job.Content,
        };

        public LedgerJob ToJob() => new(
            new LoggedJob
            {
                JobId = JobId,
                Name = Name,
                SubmittedAt = new Instant(SubmittedAt),
                LastAttempt = LastAttempt,
                SaveModesAreDone = SaveModesAreDone,
                IsCancelRequested = IsCancelRequested,
                IsSavepointRequested = IsSavepointRequested,
                SavedInPassing = SavedInPassing is null ? null : [.. SavedInPassing],
                Savepoints = Checkpoint.Read(Savepoints),
                Checkpoints = Checkpoint.Read(Checkpoints),
                Ended = (Ended ?? []).ToImmutableDictionary(pair => pair.Key, pair => new LoggedPipelineEnd(Statuses.Pipeline(pair.Value.Status), pair.Value.Error)),
                End = End is null ? null : new ControlRecord.JobEnded(JobId, Statuses.Job(End), Error),
            },
            Content);
    }

    internal sealed record PipelineEnd(string Status, string? Error);

    /// <summary>A completed checkpoint without its parts: they lie where <see cref="Reference"/> says.</summary>
    internal sealed record Checkpoint(long Id, string Type, long TriggeredAt, long CompletedAt, string? Reference)
    {
        public static Checkpoint Of(CompletedCheckpoint checkpoint) => new(
            checkpoint.Id, checkpoint.Type.ToString(), checkpoint.TriggeredAt.UtcTicks, checkpoint.CompletedAt.UtcTicks, checkpoint.Reference);

        public static Dictionary<int, Checkpoint>? Of(ImmutableDictionary<int, CompletedCheckpoint> checkpoints) =>
            checkpoints.IsEmpty ? null : checkpoints.ToDictionary(pair => pair.Key, pair => Of(pair.Value));

        public static ImmutableDictionary<int, CompletedCheckpoint> Read(Dictionary<int, Checkpoint>? checkpoints) =>
            checkpoints is null ? ImmutableDictionary<int, CompletedCheckpoint>.Empty : checkpoints.ToImmutableDictionary(pair => pair.Key, pair => pair.Value.Read());

        public CompletedCheckpoint Read() => new()
        {
            Id = Id,
            Type = Enum.TryParse<CheckpointType>(Type, out var type) ? type : throw new JsonException($"no checkpoint is a '{Type}'"),
            TriggeredAt = new Instant(TriggeredAt),
            CompletedAt = new Instant(CompletedAt),
            Parts = [],
            Reference = Reference,
        };
    }

    private static class Statuses
    {
        public static PipelineStatus Pipeline(string name) => Enum.GetValues<PipelineStatus>().First(status => status.Name == name);

        public static JobStatus Job(string name) => Enum.GetValues<JobStatus>().First(status => status.Name == name);
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(LedgerJson.Entry))]
[JsonSerializable(typeof(LedgerJson.Whole))]
internal sealed partial class LedgerJsonContext : JsonSerializerContext;
