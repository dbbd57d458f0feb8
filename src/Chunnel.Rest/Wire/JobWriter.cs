using System.Text.Json;
using Chunnel.Control;
using Chunnel.Core;
using Chunnel.Engine;

namespace Chunnel.Rest;

/// <summary>Writes a job as the lists and <c>/job-info</c> show it (spec rest-api.md 4.1 to 4.3).</summary>
/// <param name="style">How the face speaks.</param>
/// <param name="zone">The zone of the times.</param>
internal readonly struct JobWriter(WireStyle style, TimeZoneInfo zone)
{
    private readonly WireStyle _style = style;
    private readonly TimeZoneInfo _zone = zone;

    /// <summary>A job by itself: with both names of its end.</summary>
    /// <param name="json">Is written to.</param>
    /// <param name="job">The job.</param>
    /// <param name="withExtras">What SeaTunnel has no place for comes too.</param>
    public void WriteOne(Utf8JsonWriter json, JobView job, bool withExtras)
    {
        json.WriteStartObject();
        if (job.Status.IsTerminal) WriteEnded(json, job, withBothTimes: true);
        else WriteActive(json, job, withLowerNames: _style.ShowsPlan);
        if (withExtras) WriteExtras(json, job);
        json.WriteEndObject();
    }

    public void WriteRunning(Utf8JsonWriter json, JobView job)
    {
        json.WriteStartObject();
        WriteActive(json, job, withLowerNames: true);
        json.WriteEndObject();
    }

    public void WriteFinished(Utf8JsonWriter json, JobView job) => json.WriteRawValue(FinishedText(job), skipInputValidation: true);

    /// <summary>What <see cref="WriteFinished"/> writes; a job that has ended does not change, so it is written once.</summary>
    public byte[] FinishedText(JobView job)
    {
        var writer = this;
        return JobTexts.OfEnded(job, text =>
        {
            text.WriteStartObject();
            writer.WriteEnded(text, job, withBothTimes: false);
            text.WriteEndObject();
        });
    }

    /// <summary>A job without its graph and settings: a line of a long list.</summary>
    public void WriteSummary(Utf8JsonWriter json, JobView job)
    {
        json.WriteStartObject();
        WriteHead(json, job);
        json.WriteString(WireNames.CreateTime, WireTypes.Time(job.Submitted, _zone));
        json.WriteBoolean(WireNames.IsStartWithSavepoint, job.StartsFromSavepoint);
        MetricsWriter.Write(json, job.Metrics, withLowerNames: true);
        json.WriteEndObject();
    }

    /// <summary>All that is said of an id that nobody knows.</summary>
    public static void WriteUnknown(Utf8JsonWriter json, string idAsAsked)
    {
        json.WriteStartObject();
        json.WriteString(WireNames.JobId, idAsAsked);
        json.WriteEndObject();
    }

    private void WriteActive(Utf8JsonWriter json, JobView job, bool withLowerNames)
    {
        WriteHead(json, job);
        WriteRaw(json, WireNames.EnvOptions, JobTexts.Of(job).Env);
        json.WriteString(WireNames.CreateTime, WireTypes.Time(job.Submitted, _zone));
        WriteRaw(json, WireNames.JobDag, _style.ShowsPlan ? JobTexts.Of(job).GraphWithPlan(job) : JobTexts.Of(job).Graph);
        WriteNoJars(json);
        json.WriteBoolean(WireNames.IsStartWithSavepoint, job.StartsFromSavepoint);
        MetricsWriter.Write(json, job.Metrics, withLowerNames);
    }

    private void WriteEnded(Utf8JsonWriter json, JobView job, bool withBothTimes)
    {
        WriteHead(json, job);
        json.WriteString(WireNames.ErrorMessage, job.ErrorText);
        json.WriteString(WireNames.CreateTime, WireTypes.Time(job.Submitted, _zone));
        var ended = job.Ended is { } time ? WireTypes.Time(time, _zone) : "";
        json.WriteString(WireNames.FinishTime, ended);
        if (withBothTimes) json.WriteString(WireNames.FinishedTime, ended);
        WriteRaw(json, WireNames.JobDag, JobTexts.Of(job).Graph);
        WriteNoJars(json);
        MetricsWriter.Write(json, job.Metrics.Frozen(), withLowerNames: false);
    }

    private static void WriteExtras(Utf8JsonWriter json, JobView job)
    {
        json.WriteStartObject(WireNames.Extras);
        json.WriteStartArray(WireNames.Pipelines);
        foreach (var pipeline in job.Pipelines)
        {
            json.WriteStartObject();
            json.WriteNumber(WireNames.PipelineId, pipeline.Id);
            json.WriteString(WireNames.PipelineStatus, pipeline.Status.Name);
            json.WriteNumber(WireNames.Restores, pipeline.Restores);
            json.WriteString(WireNames.Guarantee, pipeline.Guarantee.Level.InWords());
            json.WriteString(WireNames.GuaranteeReason, pipeline.Guarantee.Reason);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteHead(Utf8JsonWriter json, JobView job)
    {
        json.WriteString(WireNames.JobId, WireTypes.Id(job.JobId));
        json.WriteString(WireNames.JobName, job.Name);
        json.WriteString(WireNames.JobStatus, job.Status.Name);
    }

    /// <summary>What <c>envOptions</c> holds.</summary>
    public static void WriteEnvValue(Utf8JsonWriter json, JobView job)
    {
        var env = job.Definition.Env;
        json.WriteStartObject();
        foreach (var entry in Secrets.Masked(env.Raw, env.ShadeOptions).Entries) json.WriteString(entry.Key, JavaText.Of(entry.Value));
        json.WriteEndObject();
    }

    /// <summary>What <c>jobDag</c> holds.</summary>
    public static void WriteGraphValue(Utf8JsonWriter json, JobView job, byte[] env, bool withPlan)
    {
        json.WriteStartObject();
        json.WriteString(WireNames.JobId, WireTypes.Id(job.JobId));
        json.WriteStartObject(WireNames.PipelineEdges);
        foreach (var pipeline in job.Pipelines)
        {
            json.WriteStartArray(WireTypes.Id(pipeline.Id));
            foreach (var edge in pipeline.Edges)
            {
                json.WriteStartObject();
                json.WriteString(WireNames.InputVertexId, WireTypes.Id(edge.Input));
                json.WriteString(WireNames.TargetVertexId, WireTypes.Id(edge.Target));
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
        json.WriteEndObject();
        WriteRaw(json, WireNames.EnvOptions, env);
        json.WriteStartArray(WireNames.VertexInfoMap);
        foreach (var vertex in job.Pipelines.SelectMany(pipeline => pipeline.Vertices).OrderBy(vertex => vertex.Id)) WriteVertex(json, vertex);
        json.WriteEndArray();
        if (withPlan) PlanWriter.Write(json, job);
        json.WriteEndObject();
    }

    private static void WriteVertex(Utf8JsonWriter json, DagVertex vertex)
    {
        json.WriteStartObject();
        json.WriteNumber(WireNames.VertexId, vertex.Id);
        json.WriteString(WireNames.VertexType, vertex.Type);
        json.WriteString(WireNames.VertexName, vertex.Name);
        json.WriteStartArray(WireNames.TablePaths);
        foreach (var table in vertex.TablePaths) json.WriteStringValue(table);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteRaw(Utf8JsonWriter json, string name, byte[] value)
    {
        json.WritePropertyName(name);
        json.WriteRawValue(value, skipInputValidation: true);
    }

    /// <summary>No jar belongs to a job here: connectors are assemblies of the node.</summary>
    private static void WriteNoJars(Utf8JsonWriter json)
    {
        json.WriteStartArray(WireNames.PluginJars);
        json.WriteEndArray();
    }
}
