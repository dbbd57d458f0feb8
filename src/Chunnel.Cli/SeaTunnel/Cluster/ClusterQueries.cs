using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Chunnel.Client;
using Chunnel.Core;

namespace Chunnel.Cli.SeaTunnel.Cluster;

/// <summary>What <c>seatunnel.sh</c> asks of a cluster besides running jobs (spec engine.md 14.2).</summary>
/// <param name="client">The node.</param>
/// <param name="output">Takes the answers.</param>
/// <param name="clock">Dates the measurements.</param>
internal sealed class ClusterQueries(ChunnelClient client, TextWriter output, TimeProvider clock)
{
    private static readonly JsonSerializerOptions _plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonSerializerOptions _pretty = new(_plain) { WriteIndented = true };

    /// <summary><c>-l</c></summary>
    public async Task ListAsync(CancellationToken stop)
    {
        IEnumerable<JobInfo> jobs = [.. await client.EndedJobsAsync(stop), .. await client.RunningJobsAsync(stop)];
        await output.WriteLineAsync(JobTable.Of([.. jobs.DistinctBy(job => job.JobId).OrderByDescending(job => job.Created, StringComparer.Ordinal).ThenByDescending(job => job.JobId)]));
    }

    /// <summary><c>-j</c></summary>
    public async Task StatusAsync(long jobId, CancellationToken stop)
    {
        var job = await client.FindJobAsync(jobId, stop);
        var answer = job is null
            ? new JsonObject { ["err"] = $"jobId : {jobId} not found" }
            : new JsonObject
            {
                ["jobId"] = job.JobId,
                ["jobName"] = job.Name,
                ["jobStatus"] = job.Status,
                ["submitTime"] = Milliseconds(job.Created),
                ["finishTime"] = Milliseconds(job.Ended),
                ["errorMessage"] = job.Error,
            };
        await output.WriteLineAsync(answer.ToJsonString(_plain));
    }

    /// <summary><c>-can</c>: an id that is not running is no error.</summary>
    public async Task CancelAsync(IReadOnlyList<long> jobs, CancellationToken stop)
    {
        foreach (var jobId in jobs) await client.StopAsync(jobId, stop);
    }

    /// <summary><c>-s</c>: comes back when the job has ended.</summary>
    /// <exception cref="ChunnelException">There is no such job to be saved.</exception>
    public async Task SavepointAsync(long jobId, CancellationToken stop)
    {
        if (await client.FindJobAsync(jobId, stop) is not { HasEnded: false })
        {
            throw new ChunnelException(CommonErrors.IllegalArgument, $"The jobId: {jobId}of savePoint does not exist") { Mend = "bin/seatunnel.sh -l lists the jobs." };
        }
        await client.StopAsync(jobId, stop, withSavepoint: true);
        await client.WaitForEndAsync(jobId, TimeSpan.FromMilliseconds(500), stop);
    }

    /// <summary><c>--metrics</c></summary>
    public async Task MetricsAsync(long jobId, CancellationToken stop)
    {
        var answer = await client.AskAsync($"job-info/{jobId}", stop);
        await output.WriteLineAsync(Measurements(answer, jobId).ToJsonString(_pretty));
    }

    /// <summary><c>--get_running_job_metrics</c></summary>
    public async Task RunningMetricsAsync(CancellationToken stop)
    {
        var all = new JsonObject();
        foreach (var job in (await client.AskAsync("running-jobs", stop)).EnumerateArray())
        {
            var id = job.GetProperty("jobId").ToString();
            all[id] = new JsonObject { ["metrics"] = Measurements(job, long.Parse(id, CultureInfo.InvariantCulture)) };
        }
        await output.WriteLineAsync(all.ToJsonString(_pretty));
    }

    /// <summary>Name to measurements, one for the whole job each; a table's name stands behind <c>#</c> (spec engine.md 11.1).</summary>
    private JsonObject Measurements(JsonElement job, long jobId)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var found = new JsonObject();
        if (!job.TryGetProperty("metrics", out var metrics)) return found;
        foreach (var metric in metrics.EnumerateObject())
        {
            if (metric.Value.ValueKind != JsonValueKind.Object)
            {
                // Lists repeat two of the names with a small letter.
                if (char.IsUpper(metric.Name[0])) Add(metric.Name, metric.Value);
                continue;
            }
            foreach (var table in metric.Value.EnumerateObject()) Add($"{metric.Name["Table".Length..]}#{table.Name}", table.Value);
        }
        return found;

        void Add(string name, JsonElement value) => found[name] = new JsonArray(new JsonObject
        {
            ["tags"] = new JsonObject { ["jobId"] = jobId.ToString(CultureInfo.InvariantCulture) },
            ["metric"] = name,
            ["value"] = Number(value.ToString()),
            ["timestamp"] = now,
        });
    }

    private static JsonValue Number(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? JsonValue.Create(whole)
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) ? JsonValue.Create(real)
        : JsonValue.Create(text);

    private static JsonValue? Milliseconds(string? time) =>
        DateTime.TryParseExact(time, "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out var local)
            ? JsonValue.Create(new DateTimeOffset(local).ToUnixTimeMilliseconds())
            : null;
}
