using System.Text.Json;
using Chunnel.Client;

namespace Chunnel.Cli.Jobs;

/// <summary>Does what <c>chunnel jobs</c> is asked for, and says so.</summary>
/// <param name="client">The node.</param>
/// <param name="output">For what was asked.</param>
/// <param name="errors">For what went wrong.</param>
internal sealed class JobsDesk(ChunnelClient client, TextWriter output, TextWriter errors)
{
    /// <summary>The number of the checkpoint behind a pipeline's last row.</summary>
    private const long ReadToTheEnd = long.MaxValue;

    private static readonly TimeSpan _askEvery = TimeSpan.FromMilliseconds(500);

    private static readonly JsonSerializerOptions _indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public async Task<int> ListAsync(string? state, bool asJson, CancellationToken stop)
    {
        if (asJson)
        {
            await PrintAsync(await client.AskAsync("running-jobs", stop), job => Matches(job, state));
            await PrintAsync(await client.AskAsync("finished-jobs", stop), job => Matches(job, state));
            return ExitCodes.Success;
        }
        IEnumerable<JobInfo> jobs = [.. await client.RunningJobsAsync(stop), .. await client.EndedJobsAsync(stop)];
        // A job that ends between the two questions is in both answers: its end is the newer one.
        jobs = jobs.Reverse().DistinctBy(job => job.JobId).Reverse();
        if (state is not null) jobs = jobs.Where(job => job.Status.Equals(state, StringComparison.OrdinalIgnoreCase));
        await output.WriteAsync(JobLines.List([.. jobs]));
        return ExitCodes.Success;
    }

    public async Task<int> ShowAsync(long jobId, bool asJson, CancellationToken stop)
    {
        if (asJson)
        {
            var answer = await client.AskAsync($"job-info/{jobId}", stop);
            if (!answer.TryGetProperty("jobStatus", out _)) return await UnknownAsync(jobId);
            await output.WriteLineAsync(JsonSerializer.Serialize(answer, _indented));
            return ExitCodes.Success;
        }
        if (await client.FindJobAsync(jobId, stop) is not { } job) return await UnknownAsync(jobId);
        await output.WriteAsync(JobLines.Details(job));
        return ExitCodes.Success;
    }

    public async Task<int> SubmitAsync(JobOrder order, bool waits, CancellationToken stop)
    {
        var job = await client.SubmitAsync(order, stop);
        await output.WriteLineAsync($"Job {job.Name} ({job.JobId}) is submitted.");
        return waits ? await AwaitAsync(job.JobId, mustFinish: true, stop) : ExitCodes.Success;
    }

    public async Task<int> StopAsync(IReadOnlyList<long> jobs, bool withSavepoint, bool waits, CancellationToken stop)
    {
        var code = ExitCodes.Success;
        foreach (var jobId in jobs)
        {
            if (await client.FindJobAsync(jobId, stop) is not { } job) code = await UnknownAsync(jobId);
            else if (job.HasEnded) await output.WriteLineAsync($"Job {job.Name} ({jobId}) has ended already: {job.Status}.");
            else
            {
                await client.StopAsync(jobId, stop, withSavepoint);
                await output.WriteLineAsync($"Job {job.Name} ({jobId}) is told to stop{(withSavepoint ? " with a savepoint" : "")}.");
                if (waits) code = Math.Max(code, await AwaitAsync(jobId, mustFinish: false, stop));
            }
        }
        return code;
    }

    /// <summary>Those that run take their savepoint, whatever the others do.</summary>
    public async Task<int> SaveAsync(IReadOnlyList<long> jobs, bool waits, CancellationToken stop)
    {
        var code = ExitCodes.Success;
        foreach (var jobId in jobs)
        {
            if (await client.FindJobAsync(jobId, stop) is not { } job) code = await UnknownAsync(jobId);
            else if (job.HasEnded)
            {
                await errors.WriteLineAsync($"Job {job.Name} ({jobId}) has ended already: {job.Status}.");
                code = ExitCodes.Failure;
            }
            else
            {
                var before = await LastSavepointsAsync(jobId, stop);
                await client.TakeSavepointAsync(jobId, stop);
                await output.WriteLineAsync($"Job {job.Name} ({jobId}) is told to take a savepoint and run on.");
                if (waits) code = Math.Max(code, await AwaitSavepointAsync(jobId, before, stop));
            }
        }
        return code;
    }

    public async Task<int> LogsAsync(long jobId, CancellationToken stop)
    {
        var files = await client.LogsAsync(stop, jobId);
        if (files.Count == 0)
        {
            await errors.WriteLineAsync($"No log file belongs to job {jobId}. Nodes that write one log for all jobs hold its lines there: 'chunnel jobs show {jobId}' tells whether the node knows the job.");
            return ExitCodes.Failure;
        }
        foreach (var file in files)
        {
            if (files.Count > 1) await output.WriteLineAsync($"==> {file.Node} {file.Name}");
            await foreach (var line in client.ReadLogAsync(file.Name, stop)) await output.WriteLineAsync(line);
        }
        return ExitCodes.Success;
    }

    private async Task<int> AwaitAsync(long jobId, bool mustFinish, CancellationToken stop)
    {
        if (await client.WaitForEndAsync(jobId, _askEvery, stop) is not { } job) return await UnknownAsync(jobId);
        if (job.Error is not null) await errors.WriteLineAsync(job.Error);
        await output.WriteLineAsync($"Job ({jobId}) end with state {job.Status}");
        return mustFinish && job.Status != "FINISHED" ? ExitCodes.Failure : ExitCodes.Success;
    }

    private async Task<int> AwaitSavepointAsync(long jobId, Dictionary<int, long> before, CancellationToken stop)
    {
        while (true)
        {
            // In this order: what was complete before the end is seen.
            var job = await client.FindJobAsync(jobId, stop);
            var last = await LastSavepointsAsync(jobId, stop);
            if (last.Count > 0 && last.All(pipeline => pipeline.Value == ReadToTheEnd || pipeline.Value > before.GetValueOrDefault(pipeline.Key)))
            {
                await output.WriteLineAsync($"The savepoint of job ({jobId}) is complete.");
                return ExitCodes.Success;
            }
            if (job is null or { HasEnded: true })
            {
                await errors.WriteLineAsync($"Job ({jobId}) end with state {job?.Status ?? "UNKNOWABLE"} before its savepoint was complete.");
                return ExitCodes.Failure;
            }
            await Task.Delay(_askEvery, stop);
        }
    }

    /// <summary>By pipeline: the number of its last savepoint, 0 where it has none. One that has read everything needs none any more.</summary>
    private async Task<Dictionary<int, long>> LastSavepointsAsync(long jobId, CancellationToken stop)
    {
        var answer = await client.AskAsync($"jobs/checkpoints/{jobId}", stop);
        if (!answer.TryGetProperty("pipelines", out var pipelines)) return [];
        return pipelines.EnumerateArray().ToDictionary(
            pipeline => pipeline.GetProperty("pipelineId").GetInt32(),
            pipeline => Math.Max(NumberOf(pipeline.GetProperty("latestSavepoint")), NumberOf(pipeline.GetProperty("latestCompleted"), "completed-point")));
    }

    private static long NumberOf(JsonElement checkpoint, string type = "savepoint") =>
        checkpoint.ValueKind == JsonValueKind.Object && checkpoint.GetProperty("checkpointType").GetString() == type ? checkpoint.GetProperty("checkpointId").GetInt64() : 0;

    private async Task<int> UnknownAsync(long jobId)
    {
        await errors.WriteLineAsync($"The node knows no job {jobId}: it never had one, or has forgotten it.");
        return ExitCodes.Failure;
    }

    /// <summary>One job a line.</summary>
    private async Task PrintAsync(JsonElement jobs, Func<JsonElement, bool> isWanted)
    {
        foreach (var job in jobs.EnumerateArray().Where(isWanted)) await output.WriteLineAsync(job.GetRawText());
    }

    private static bool Matches(JsonElement job, string? state) =>
        state is null || state.Equals(job.GetProperty("jobStatus").GetString(), StringComparison.OrdinalIgnoreCase);
}
