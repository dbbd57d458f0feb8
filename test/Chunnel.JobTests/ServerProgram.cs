using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Chunnel.JobTests;

/// <summary>The real program as a node, started in a folder and ended as a system ends it: by SIGTERM.</summary>
internal sealed partial class ServerProgram : IAsyncDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private bool _wasKilled;

    private ServerProgram(Process process, int port)
    {
        _process = process;
        Client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = _patience };
    }

    public HttpClient Client { get; }

    public int ProcessId => _process.Id;

    public static async Task<ServerProgram> StartAsync(string folder, string? failPoints = null, NodePlaces? places = null)
    {
        var process = await LaunchAsync(folder, failPoints, places ?? new NodePlaces());
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(_patience);
        try
        {
            var line = await process.StandardOutput.ReadLineAsync(limit.Token);
            if (line is not null && Listens().Match(line) is { Success: true } match)
            {
                return new ServerProgram(process, int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture));
            }
            throw new InvalidOperationException($"The node did not start: {line} {await process.StandardError.ReadToEndAsync(limit.Token)}");
        }
        catch
        {
            process.Kill(entireProcessTree: true);
            process.Dispose();
            throw;
        }
    }

    /// <summary>Starts a node and kills it so soon that it may not have come to answer.</summary>
    public static async Task StartAndKillAsync(string folder, TimeSpan after)
    {
        using var process = await LaunchAsync(folder, failPoints: null, new NodePlaces());
        await Task.Delay(after, TestContext.Current.CancellationToken);
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Hands a job in HOCON to the node; the job's id.</summary>
    public async Task<string> SubmitAsync(string job, string query = "")
    {
        using var content = new StringContent(job);
        using var answer = await Client.PostAsync($"/submit-job?format=hocon{query}", content, TestContext.Current.CancellationToken);
        var read = await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        return read.TryGetProperty("jobId", out var id) ? id.GetString()! : throw new InvalidOperationException(read.ToString());
    }

    /// <summary>The same, where the node may die before it answers: null then.</summary>
    public async Task<string?> TrySubmitAsync(string job, string query = "")
    {
        try
        {
            return await SubmitAsync(job, query);
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    /// <summary>Waits until the process has ended by itself, as a fail point makes it.</summary>
    public async Task DiesAsync()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        _wasKilled = true;
    }

    public async Task<string> StatusAsync(string jobId) =>
        (await Client.GetFromJsonAsync<JsonElement>($"/job-info/{jobId}", TestContext.Current.CancellationToken)).TryGetProperty("jobStatus", out var status) ? status.GetString()! : "";

    /// <summary>Waits until the job has ended; how.</summary>
    /// <exception cref="InvalidOperationException">It has failed, or is not known.</exception>
    public async Task<string> EndOfAsync(string jobId)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromMinutes(2));
        while (true)
        {
            var job = await Client.GetFromJsonAsync<JsonElement>($"/job-info/{jobId}", patience.Token);
            var status = job.TryGetProperty("jobStatus", out var told) ? told.GetString()! : "UNKNOWABLE";
            if (status is "FINISHED" or "CANCELED" or "SAVEPOINT_DONE") return status;
            if (status is "FAILED" or "UNKNOWABLE") throw new InvalidOperationException(job.ToString());
            await Task.Delay(50, patience.Token);
        }
    }

    /// <summary>What the job counted.</summary>
    public async Task<JsonElement> MetricsOfAsync(string jobId) =>
        (await Client.GetFromJsonAsync<JsonElement>($"/job-info/{jobId}", TestContext.Current.CancellationToken)).GetProperty("metrics");

    /// <summary>Waits until the job has failed; its error.</summary>
    public async Task<string> FailureOfAsync(string jobId)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromMinutes(2));
        while (true)
        {
            var job = await Client.GetFromJsonAsync<JsonElement>($"/job-info/{jobId}", patience.Token);
            var status = job.GetProperty("jobStatus").GetString()!;
            if (status == "FAILED") return job.GetProperty("errorMsg").GetString()!;
            status.ShouldNotBe("FINISHED");
            await Task.Delay(50, patience.Token);
        }
    }

    /// <summary>Waits until the node ends by itself with an error; what it says.</summary>
    public async Task<string> FailsAsync()
    {
        await DiesAsync();
        _process.ExitCode.ShouldNotBe(0);
        return await _process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Sends the process a signal, by its name without SIG.</summary>
    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        kill.ExitCode.ShouldBe(0);
    }

    /// <summary>Ends the process at once, as a power cut does: nothing of it runs any more when this returns.</summary>
    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        _wasKilled = true;
    }

    /// <summary>Asks the node to end, and waits until it has.</summary>
    /// <exception cref="TimeoutException">It does not end.</exception>
    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        using (_process)
        {
            if (_wasKilled) return;
            using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
            using var limit = new CancellationTokenSource(_patience);
            try
            {
                await _process.WaitForExitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                _process.Kill(entireProcessTree: true);
                throw new TimeoutException($"The node did not end within {_patience} of SIGTERM.");
            }
            _process.ExitCode.ShouldBe(0, await _process.StandardError.ReadToEndAsync(CancellationToken.None));
        }
    }

    private static async Task<Process> LaunchAsync(string folder, string? failPoints, NodePlaces places)
    {
        var config = Directory.CreateDirectory(Path.Combine(folder, "node-config")).FullName;
        await File.WriteAllTextAsync(Path.Combine(config, "seatunnel.yaml"), $$"""
            seatunnel:
              engine:
                http: { enable-http: true, port: {{FreePort()}}, enable-dynamic-port: true }
                checkpoint: { storage: { type: localfile, plugin-config: { namespace: "{{places.Checkpoints ?? Path.Combine(folder, "checkpoints")}}" } } }
                {{(places.ControlLog is { } file ? $"control-store: {{ type: sqlite, url: \"{file}\" }}" : "")}}
            """, TestContext.Current.CancellationToken);
        string[] command = [.. places.Around, "dotnet", ProgramRun.ProgramPath, "server", "--config", config];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["TZ"] = "UTC";
        start.Environment.Remove("CHUNNEL_HOME");
        if (failPoints is not null) start.Environment["CHUNNEL_FAILPOINTS"] = failPoints;
        return Process.Start(start)!;
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    [GeneratedRegex(@"listens on port (\d+)", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Listens();
}
