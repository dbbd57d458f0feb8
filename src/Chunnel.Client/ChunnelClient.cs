using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Chunnel.Client;

/// <summary>
/// Talks to a node over REST v2 (spec rest-api.md): submits, shows and stops jobs, reads logs. Holds no state but the connection, may be
/// used from many threads. Every call throws <see cref="ServerException"/> for what the node refuses and <see cref="HttpRequestException"/>
/// for a node that does not answer.
/// </summary>
public sealed class ChunnelClient : IDisposable
{
    private readonly HttpClient _http;
    private readonly TimeProvider _clock;

    /// <param name="server">Where, how and as whom.</param>
    /// <param name="clock">For waiting; the system's when null.</param>
    public ChunnelClient(ServerAddress server, TimeProvider? clock = null)
        : this(server.Connect(), clock)
    {
    }

    /// <summary>Uses a connection of the caller's, whose base address ends in a slash. It is disposed with the client.</summary>
    public ChunnelClient(HttpClient http, TimeProvider? clock = null)
    {
        _http = http;
        _clock = clock ?? TimeProvider.System;
    }

    /// <summary>What the node, or the cluster it belongs to, is and does.</summary>
    /// <param name="stop">Gives up.</param>
    /// <param name="tags">Only slots of workers with all these attributes count.</param>
    public Task<Overview> OverviewAsync(CancellationToken stop, IReadOnlyDictionary<string, string>? tags = null) =>
        GetAsync($"overview{Query.Of(tags)}", WireJson.Default.Overview, stop);

    /// <summary>Jobs that have not ended, oldest first.</summary>
    public Task<IReadOnlyList<JobInfo>> RunningJobsAsync(CancellationToken stop) =>
        GetAsync("running-jobs", WireJson.Default.IReadOnlyListJobInfo, stop);

    /// <summary>Jobs that have ended and are remembered, in the order of their ends.</summary>
    /// <param name="stop">Gives up.</param>
    /// <param name="state">Only those that ended so: FINISHED, FAILED, CANCELED, SAVEPOINT_DONE.</param>
    public Task<IReadOnlyList<JobInfo>> EndedJobsAsync(CancellationToken stop, string? state = null) =>
        GetAsync(state is null ? "finished-jobs" : $"finished-jobs/{Uri.EscapeDataString(state)}", WireJson.Default.IReadOnlyListJobInfo, stop);

    /// <summary>One job; null when the node knows none of this id.</summary>
    public async Task<JobInfo?> FindJobAsync(long jobId, CancellationToken stop)
    {
        var job = await GetAsync($"job-info/{jobId}", WireJson.Default.JobInfo, stop);
        return job.Status.Length == 0 ? null : job;
    }

    /// <summary>Hands in a job. Done twice with the same id or the same <see cref="JobOrder.IdempotencyKey"/>, there is one job still.</summary>
    public async Task<SubmittedJob> SubmitAsync(JobOrder order, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"submit-job{order.Query}") { Content = new StringContent(order.Text) };
        if (order.IdempotencyKey is { } key) request.Headers.Add("Idempotency-Key", key);
        return await SendAsync(request, WireJson.Default.SubmittedJob, stop);
    }

    /// <summary>Stops a job. An id that the node does not know is no error: the job is not running.</summary>
    /// <param name="jobId">Which.</param>
    /// <param name="stop">Gives up waiting for the answer.</param>
    /// <param name="withSavepoint">Keep where it was, to go on later.</param>
    public async Task StopAsync(long jobId, CancellationToken stop, bool withSavepoint = false)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "stop-job")
        {
            Content = JsonContent.Create(new StopOrder(jobId, withSavepoint), WireJson.Default.StopOrder),
        };
        (await SendAsync(request, stop)).Dispose();
    }

    /// <summary>Lets a job take a savepoint and run on. It is told to: <c>jobs/checkpoints</c> tells when it has.</summary>
    /// <exception cref="ServerException">The job is not there, has ended, or is about to.</exception>
    public async Task TakeSavepointAsync(long jobId, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"jobs/savepoint?jobId={jobId}");
        (await SendAsync(request, stop)).Dispose();
    }

    /// <summary>Asks until the job has ended.</summary>
    /// <param name="jobId">Which.</param>
    /// <param name="every">How often to ask.</param>
    /// <param name="stop">Gives up waiting; the job runs on.</param>
    /// <returns>The job at its end; null when the node knows none of this id.</returns>
    public async Task<JobInfo?> WaitForEndAsync(long jobId, TimeSpan every, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(every, _clock);
        while (true)
        {
            var job = await FindJobAsync(jobId, stop);
            if (job is null || job.HasEnded) return job;
            await timer.WaitForNextTickAsync(stop);
        }
    }

    /// <summary>Log files of all nodes.</summary>
    /// <param name="stop">Gives up.</param>
    /// <param name="jobId">Only files of this job.</param>
    public Task<IReadOnlyList<LogFile>> LogsAsync(CancellationToken stop, long? jobId = null) =>
        GetAsync($"logs{(jobId is { } id ? $"/{id}" : "")}?format=json", WireJson.Default.IReadOnlyListLogFile, stop);

    /// <summary>A log file, line by line.</summary>
    public async IAsyncEnumerable<string> ReadLogAsync(string name, [EnumeratorCancellation] CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"logs/{Uri.EscapeDataString(name)}");
        using var answer = await SendAsync(request, stop);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(stop));
        while (await reader.ReadLineAsync(stop) is { } line) yield return line;
    }

    /// <summary>Asks anything that a node answers in JSON, for what has no method here.</summary>
    /// <param name="target">Path and query without a slash before: <c>pending-jobs?limit=5</c>.</param>
    /// <param name="stop">Gives up.</param>
    public Task<JsonElement> AskAsync(string target, CancellationToken stop) => GetAsync(target, WireJson.Default.JsonElement, stop);

    public void Dispose() => _http.Dispose();

    private async Task<T> GetAsync<T>(string target, JsonTypeInfo<T> type, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, target);
        return await SendAsync(request, type, stop);
    }

    private async Task<T> SendAsync<T>(HttpRequestMessage request, JsonTypeInfo<T> type, CancellationToken stop)
    {
        using var answer = await SendAsync(request, stop);
        return await ServerAnswer.ReadAsync(answer, type, stop);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken stop)
    {
        var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop);
        if (answer.IsSuccessStatusCode) return answer;
        using (answer) throw await ServerAnswer.RefusalAsync(answer, stop);
    }
}
