using System.Globalization;
using System.Text.Json;
using Chunnel.Control;

namespace Chunnel.Engine;

/// <summary>Something that happened in a job, as SeaTunnel's event reports tell it.</summary>
/// <param name="CreatedAt">When.</param>
/// <param name="JobId">In which job.</param>
/// <param name="Type">What: <c>LIFECYCLE_READER_OPEN</c>, <c>SCHEMA_CHANGE_ADD_COLUMN</c>, <c>JOB_STATUS</c>.</param>
internal sealed record LifecycleEvent(DateTimeOffset CreatedAt, long JobId, string Type)
{
    private const string JobStatusType = "JOB_STATUS";

    /// <summary>Only where the event is about the job itself.</summary>
    public string? JobName { get; private init; }

    /// <inheritdoc cref="JobName"/>
    public JobStatus? Status { get; private init; }

    public static LifecycleEvent OfStatus(DateTimeOffset at, long jobId, string jobName, JobStatus status) => new(at, jobId, JobStatusType) { JobName = jobName, Status = status };

    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("createdTime", CreatedAt.ToUnixTimeMilliseconds());
        json.WriteString("jobId", JobId.ToString(CultureInfo.InvariantCulture));
        json.WriteString("eventType", Type);
        if (Status is { } status)
        {
            json.WriteString("jobName", JobName);
            json.WriteString("jobStatus", status.Name);
        }
        json.WriteEndObject();
    }
}
