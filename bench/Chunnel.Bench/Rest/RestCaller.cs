using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace Chunnel.Bench;

/// <summary>Asks a node over one connection and takes the time. Bodies are read to their end and thrown away.</summary>
internal sealed class RestCaller(Uri address) : IDisposable
{
    private readonly HttpClient _client = new(new SocketsHttpHandler { MaxConnectionsPerServer = 1, UseProxy = false }) { BaseAddress = address };
    private readonly byte[] _buffer = new byte[1 << 20];

    /// <summary>Milliseconds from sending the question to the last byte of the answer, and how many bytes it had.</summary>
    public async Task<(double Milliseconds, long Bytes)> GetAsync(string target)
    {
        var began = Stopwatch.GetTimestamp();
        using var answer = await _client.GetAsync(new Uri(target, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        answer.EnsureSuccessStatusCode();
        await using var body = await answer.Content.ReadAsStreamAsync();
        long bytes = 0;
        for (int read; (read = await body.ReadAsync(_buffer)) > 0;) bytes += read;
        return (Stopwatch.GetElapsedTime(began).TotalMilliseconds, bytes);
    }

    public async Task<JsonElement> GetJsonAsync(string target) => JsonDocument.Parse(await _client.GetStringAsync(new Uri(target, UriKind.Relative))).RootElement;

    /// <summary>Submits a job.</summary>
    /// <param name="job">Its text.</param>
    /// <param name="format">json, hocon or sql.</param>
    /// <returns>Its id.</returns>
    public async Task<string> SubmitAsync(string job, string format = "json")
    {
        using var body = new StringContent(job, Encoding.UTF8, "application/json");
        using var answer = await _client.PostAsync(new Uri($"/submit-job?format={format}", UriKind.Relative), body);
        var text = await answer.Content.ReadAsStringAsync();
        if (!answer.IsSuccessStatusCode) throw new InvalidOperationException($"The job was not taken: {text}");
        using var json = JsonDocument.Parse(text);
        return json.RootElement.GetProperty("jobId").GetString()!;
    }

    /// <summary>How many jobs have finished.</summary>
    public async Task<int> FinishedAsync() => Count(await GetJsonAsync("/overview"), "finishedJobs");

    /// <summary>How many jobs are running.</summary>
    public async Task<int> RunningAsync() => Count(await GetJsonAsync("/overview"), "runningJobs");

    public void Dispose() => _client.Dispose();

    private static int Count(JsonElement overview, string name) => int.Parse(overview.GetProperty(name).GetString()!, System.Globalization.CultureInfo.InvariantCulture);
}
