using System.Text.Json;
using Chunnel.Control;

namespace Chunnel.Rest;

/// <summary>Writes <c>/pending-jobs</c>: ids and times as numbers, what is not known left out (spec rest-api.md 5.7).</summary>
internal sealed class PendingWriter
{
    private readonly Utf8JsonWriter _json;
    private readonly Action<DateTimeOffset> _writeTime;

    private PendingWriter(Utf8JsonWriter json, Action<DateTimeOffset> writeTime)
    {
        _json = json;
        _writeTime = writeTime;
    }

    /// <param name="json">Takes it.</param>
    /// <param name="report">What is told.</param>
    /// <param name="writeTime">Writes the value of a time.</param>
    public static void Write(Utf8JsonWriter json, PendingReport report, Action<DateTimeOffset> writeTime)
    {
        var writer = new PendingWriter(json, writeTime);
        json.WriteStartObject();
        writer.WriteQueue(report);
        writer.WriteCluster(report.Cluster);
        json.WriteStartArray(WireNames.PendingJobs);
        foreach (var job in report.Jobs) writer.WriteJob(job);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void WriteQueue(PendingReport report)
    {
        var queue = report.Queue;
        _json.WriteStartObject(WireNames.QueueSummary);
        _json.WriteNumber(WireNames.Size, queue.Size);
        _json.WriteString(WireNames.ScheduleStrategy, queue.Strategy.Name);
        WriteTime(WireNames.OldestEnqueueTimestamp, queue.Oldest);
        WriteTime(WireNames.NewestEnqueueTimestamp, queue.Newest);
        _json.WriteNumber(WireNames.LackingTaskGroups, report.Jobs.Sum(job => job.Lacking));
        _json.WriteEndObject();
    }

    private void WriteCluster(ClusterFigures cluster)
    {
        _json.WriteStartObject(WireNames.ClusterSnapshot);
        _json.WriteNumber(WireNames.SlotsOfWorkers, cluster.Total);
        _json.WriteNumber(WireNames.FreeSlots, cluster.Free);
        _json.WriteNumber(WireNames.AssignedSlots, cluster.Assigned);
        _json.WriteNumber(WireNames.WorkerCount, cluster.Workers.Count);
        _json.WriteStartArray(WireNames.Workers);
        foreach (var worker in cluster.Workers) WorkerWriter.Write(_json, worker, withUsed: false);
        _json.WriteEndArray();
        _json.WriteEndObject();
    }

    private void WriteJob(PendingJob job)
    {
        _json.WriteStartObject();
        _json.WriteNumber(WireNames.JobId, job.JobId);
        _json.WriteString(WireNames.JobName, job.Name);
        _json.WriteString(WireNames.PendingSourceState, job.Source.Name);
        _json.WriteString(WireNames.JobStatus, JobStatus.Pending.Name);
        WriteTime(WireNames.EnqueueTimestamp, job.EnqueuedAt);
        WriteTime(WireNames.CheckTime, job.CheckedAt);
        _json.WriteNumber(WireNames.WaitDuration, Millis(job.CheckedAt) - Millis(job.EnqueuedAt));
        _json.WriteNumber(WireNames.CheckCount, job.Checks);
        WriteCounts(job.TaskGroups, job.Allocated);
        WriteLack(job.Lack);
        WorkerWriter.WriteTags(_json, WireNames.TagFilter, job.TagFilter);
        WorkerWriter.WriteIds(_json, WireNames.BlockingJobIds, job.BlockedBy);
        _json.WriteStartArray(WireNames.Pipelines);
        foreach (var pipeline in job.Pipelines) WritePipeline(pipeline);
        _json.WriteEndArray();
        WriteGroups(WireNames.LackingTaskGroupDiagnostics, job.Pipelines.SelectMany(pipeline => pipeline.TaskGroups).Where(group => group.Lack is not null));
        _json.WriteEndObject();
    }

    private void WritePipeline(PendingPipeline pipeline)
    {
        _json.WriteStartObject();
        _json.WriteNumber(WireNames.PipelineId, pipeline.Id);
        _json.WriteString(WireNames.PipelineName, pipeline.FullName);
        WriteCounts(pipeline.TaskGroups.Count, pipeline.Allocated);
        WriteGroups(WireNames.TaskGroupDiagnostics, pipeline.TaskGroups);
        _json.WriteEndObject();
    }

    private void WriteGroups(string name, IEnumerable<PendingTaskGroup> groups)
    {
        _json.WriteStartArray(name);
        foreach (var group in groups)
        {
            _json.WriteStartObject();
            _json.WriteStartObject(WireNames.TaskGroupLocation);
            _json.WriteNumber(WireNames.JobId, group.Location.JobId);
            _json.WriteNumber(WireNames.PipelineId, group.Location.PipelineId);
            _json.WriteNumber(WireNames.TaskGroupId, group.Location.TaskGroupId);
            _json.WriteEndObject();
            _json.WriteString(WireNames.TaskFullName, group.FullName);
            _json.WriteBoolean(WireNames.Allocated, group.Lack is null);
            if (group.Lack is { } lack) WriteLack(lack);
            _json.WriteEndObject();
        }
        _json.WriteEndArray();
    }

    private void WriteCounts(int total, int allocated)
    {
        _json.WriteNumber(WireNames.TotalTaskGroups, total);
        _json.WriteNumber(WireNames.AllocatedTaskGroups, allocated);
        _json.WriteNumber(WireNames.LackingTaskGroups, total - allocated);
    }

    private void WriteLack(Lack lack)
    {
        _json.WriteString(WireNames.FailureReason, lack.Reason.Name);
        _json.WriteString(WireNames.FailureMessage, lack.Message);
    }

    /// <summary>No time at all is 0, also for eyes.</summary>
    private void WriteTime(string name, Instant? time)
    {
        _json.WritePropertyName(name);
        if (time is { } known) _writeTime(known.ToDateTimeOffset());
        else _json.WriteNumberValue(0);
    }

    private static long Millis(Instant time) => time.ToDateTimeOffset().ToUnixTimeMilliseconds();
}
