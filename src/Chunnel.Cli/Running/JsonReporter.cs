using System.Text.Encodings.Web;
using System.Text.Json;
using Chunnel.Control;
using Chunnel.Core;
using Chunnel.Engine;

namespace Chunnel.Cli.Running;

/// <summary>One JSON object a line, for programs: <c>problem</c>, <c>started</c>, <c>progress</c>, <c>stopping</c>, <c>ended</c>.</summary>
internal sealed class JsonReporter(TextWriter output) : IRunReporter
{
    private static readonly JsonWriterOptions _options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public TimeSpan Interval => TimeSpan.FromSeconds(1);

    public void Problem(Problem problem) => Say("problem", json =>
    {
        json.WriteString("severity", problem.Severity == Severity.Warning ? "warning" : "error");
        json.WriteString("code", problem.Code.Id);
        json.WriteString("what", problem.What);
        if (problem.Mend is not null) json.WriteString("mend", problem.Mend);
        if (problem.Where.Line > 0)
        {
            json.WriteString("file", problem.Where.File);
            json.WriteNumber("line", problem.Where.Line);
            json.WriteNumber("column", problem.Where.Column);
        }
    });

    public void Started(JobView job) => Say("started", json => WriteJob(json, job));

    public void Progress(JobView job, IReadOnlyList<PipelinePace> paces, TimeSpan running) => Say("progress", json =>
    {
        WriteJob(json, job);
        json.WriteNumber("seconds", Math.Round(running.TotalSeconds, 3));
        json.WriteStartArray("pipelines");
        foreach (var pace in paces)
        {
            json.WriteStartObject();
            json.WriteNumber("id", pace.Pipeline.Id);
            json.WriteString("state", pace.Pipeline.Status.Name);
            WriteCounts(json, pace.Pipeline.Metrics);
            WritePace(json, pace);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    });

    public void Stopping() => Say("stopping", _ => { });

    public void Ended(JobView job, DateTimeOffset started, DateTimeOffset ended) => Say("ended", json =>
    {
        WriteJob(json, job);
        json.WriteNumber("seconds", Math.Round((ended - started).TotalSeconds, 3));
        WriteCounts(json, job.Metrics);
        if (job.ErrorText is not null) json.WriteString("error", job.ErrorText);
    });

    public void Dispose()
    {
    }

    private static void WriteJob(Utf8JsonWriter json, JobView job)
    {
        json.WriteString("jobId", job.JobId.ToString(System.Globalization.CultureInfo.InvariantCulture));
        json.WriteString("jobName", job.Name);
        json.WriteString("state", job.Status.Name);
    }

    private static void WriteCounts(Utf8JsonWriter json, MetricsView metrics)
    {
        json.WriteNumber("rowsRead", metrics.Read.Rows);
        json.WriteNumber("rowsWritten", metrics.Written.Rows);
        json.WriteNumber("rowsCommitted", metrics.Committed.Rows);
        json.WriteNumber("rowsLeftOut", metrics.LeftOut.Rows);
        json.WriteNumber("rowsDeadLettered", metrics.DeadLettered.Rows);
        json.WriteNumber("bytesRead", metrics.Read.Bytes);
        json.WriteNumber("bytesWritten", metrics.Written.Bytes);
        if (metrics.Counts.Count == 0) return;
        json.WriteStartObject("counts");
        foreach (var (name, count) in metrics.Counts) json.WriteNumber(name, count);
        json.WriteEndObject();
    }

    /// <summary>What is not known is left out.</summary>
    private static void WritePace(Utf8JsonWriter json, PipelinePace pace)
    {
        json.WriteNumber("rowsPerSecond", Math.Round(pace.RowsPerSecond, 1));
        if (pace.Pipeline.Progress is { } progress)
        {
            json.WriteNumber("share", Math.Round(progress.Share, 4));
            json.WriteNumber("splitsDone", progress.SplitsDone);
            json.WriteNumber("splits", progress.Splits);
        }
        if (pace.Left is { } left) json.WriteNumber("secondsLeft", Math.Round(left.TotalSeconds, 1));
    }

    private void Say(string kind, Action<Utf8JsonWriter> write)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, _options))
        {
            json.WriteStartObject();
            json.WriteString("event", kind);
            write(json);
            json.WriteEndObject();
        }
        lock (output) output.WriteLine(System.Text.Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length));
    }
}
