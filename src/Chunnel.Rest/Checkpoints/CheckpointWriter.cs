using System.Text.Json;
using Chunnel.Control;
using Chunnel.Engine;

namespace Chunnel.Rest;

/// <summary>Writes the checkpoints of a job, in the members that SeaTunnel's own page reads.</summary>
internal static class CheckpointWriter
{
    public static void WriteOverview(Utf8JsonWriter json, JobView job)
    {
        json.WriteStartObject();
        json.WriteString(WireNames.JobId, WireTypes.Id(job.JobId));
        json.WriteNumber(WireNames.UpdatedAt, LastChange(job).ToUnixTimeMilliseconds());
        json.WriteStartArray(WireNames.Pipelines);
        foreach (var pipeline in job.Pipelines) WritePipeline(json, pipeline.Id, pipeline.Checkpoints);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    public static void WriteHistory(Utf8JsonWriter json, IEnumerable<(int PipelineId, PastCheckpoint Checkpoint)> found)
    {
        json.WriteStartArray();
        foreach (var (pipelineId, checkpoint) in found)
        {
            json.WriteStartObject();
            json.WriteNumber(WireNames.PipelineId, pipelineId);
            json.WritePropertyName(WireNames.Checkpoint);
            WritePast(json, checkpoint);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WritePipeline(Utf8JsonWriter json, int pipelineId, CheckpointsView checkpoints)
    {
        var (history, pending) = checkpoints;
        json.WriteStartObject();
        json.WriteNumber(WireNames.PipelineId, pipelineId);
        json.WriteStartObject(WireNames.Counts);
        json.WriteNumber(WireNames.Triggered, history.Triggered);
        json.WriteNumber(WireNames.Completed, history.Completed);
        json.WriteNumber(WireNames.Failed, history.Failed);
        json.WriteNumber(WireNames.InProgress, pending is null ? 0 : 1);
        json.WriteNumber(WireNames.Restored, history.Restored);
        json.WriteEndObject();
        WriteLatest(json, WireNames.LatestCompleted, history.LatestCompleted);
        WriteLatest(json, WireNames.LatestFailed, history.LatestFailed);
        WriteLatest(json, WireNames.LatestSavepoint, history.LatestSavepoint);
        json.WriteStartArray(WireNames.InProgress);
        if (pending is not null) WritePending(json, pending);
        json.WriteEndArray();
        json.WritePropertyName(WireNames.History);
        WriteHistory(json, history.Past.Select(checkpoint => (pipelineId, checkpoint)));
        json.WriteEndObject();
    }

    private static void WriteLatest(Utf8JsonWriter json, string name, PastCheckpoint? latest)
    {
        json.WritePropertyName(name);
        if (latest is null) json.WriteNullValue();
        else WritePast(json, latest);
    }

    private static void WritePending(Utf8JsonWriter json, PendingCheckpointView pending)
    {
        json.WriteStartObject();
        WriteHead(json, pending.Id, pending.Type);
        json.WriteNumber(WireNames.TriggerTimestamp, Milliseconds(pending.TriggeredAt));
        json.WriteNumber(WireNames.Acknowledged, pending.Acknowledged);
        json.WriteNumber(WireNames.Total, pending.Total);
        json.WriteEndObject();
    }

    private static void WritePast(Utf8JsonWriter json, PastCheckpoint past)
    {
        json.WriteStartObject();
        WriteHead(json, past.Id, past.Type);
        json.WriteString(WireNames.Status, past.Outcome.Name);
        json.WriteNumber(WireNames.TriggerTimestamp, Milliseconds(past.TriggeredAt));
        if (past.Outcome == CheckpointOutcome.Completed) json.WriteNumber(WireNames.CompletedTimestamp, Milliseconds(past.EndedAt));
        json.WriteNumber(WireNames.DurationMillis, (long)(past.EndedAt - past.TriggeredAt).TotalMilliseconds);
        json.WriteNumber(WireNames.StateSize, past.StateBytes);
        if (past.Reason is not null) json.WriteString(WireNames.FailureReason, past.Reason);
        json.WriteEndObject();
    }

    private static void WriteHead(Utf8JsonWriter json, long id, CheckpointType type)
    {
        json.WriteNumber(WireNames.CheckpointId, id);
        json.WriteString(WireNames.CheckpointTypeName, type.Name);
    }

    /// <summary>When something last became of one of them; before the first, when the job was accepted.</summary>
    private static DateTimeOffset LastChange(JobView job) =>
        job.Pipelines
            .SelectMany(pipeline => pipeline.Checkpoints.History.Past.Take(1).Select(past => past.EndedAt).Concat(pipeline.Checkpoints.Pending is { } pending ? [pending.TriggeredAt] : Array.Empty<Instant>()))
            .Select(at => at.ToDateTimeOffset())
            .Append(job.Submitted)
            .Max();

    private static long Milliseconds(Instant at) => at.ToDateTimeOffset().ToUnixTimeMilliseconds();
}
