using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Chunnel.Bench;

/// <summary>A node as users start it: a process of its own, the settings that ship, on ports that are free.</summary>
internal sealed partial class NodeProcess : IAsyncDisposable
{
    private const int Terminate = 15; // SIGTERM
    private static readonly TimeSpan AskEvery = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly Task _output;

    private NodeProcess(Process process, Uri address)
    {
        _process = process;
        Address = address;
        _output = Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
    }

    /// <summary>Of REST v2.</summary>
    public Uri Address { get; }

    public int Id => _process.Id;

    /// <summary>From the start of the process to its first answer.</summary>
    public TimeSpan FirstAnswer { get; private set; }

    /// <param name="folders">Where the program lies, and the node may write.</param>
    /// <param name="change">What is other than as shipped in <c>seatunnel.yaml</c>.</param>
    public static async Task<NodeProcess> StartAsync(BenchFolders folders, Func<string, string>? change = null)
    {
        var port = FreePort();
        var config = WriteConfig(folders, port, change);
        var start = new ProcessStartInfo(folders.Program, ["server", "--config", config]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = config };
        var began = Stopwatch.GetTimestamp();
        var node = new NodeProcess(Process.Start(start)!, new Uri($"http://127.0.0.1:{port}"));
        try
        {
            await node.AnswersAsync(began);
            return node;
        }
        catch
        {
            await node.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs a job to its end and measures the node meanwhile: from the question that submits it to the answer that it has finished.</summary>
    /// <param name="hocon">The job.</param>
    public async Task<ChildRun> RunAsync(string hocon)
    {
        using var caller = new RestCaller(Address);
        var cpu = Machine.CpuSecondsOf(Id);
        var began = Stopwatch.GetTimestamp();
        var job = await caller.SubmitAsync(hocon, "hocon");
        string? status;
        while ((status = (await caller.GetJsonAsync($"/job-info/{job}")).GetProperty("jobStatus").GetString()) != "FINISHED")
        {
            if (status is "FAILED" or "CANCELED") throw new InvalidOperationException($"The job is {status}: {hocon}");
            await Task.Delay(LookEvery, TimeProvider.System);
        }
        return new ChildRun(Stopwatch.GetElapsedTime(began).TotalSeconds, Machine.CpuSecondsOf(Id) - cpu, Machine.PeakMiBOf(Id), "");
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _ = Kill(_process.Id, Terminate);
        if (!_process.WaitForExit(Patience)) _process.Kill();
        await _output;
        _process.Dispose();
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task AnswersAsync(long began)
    {
        using var client = new HttpClient();
        while (true)
        {
            try
            {
                using var answer = await client.GetAsync(new Uri(Address, "/overview"));
                if (answer.StatusCode == HttpStatusCode.OK) break;
            }
            catch (HttpRequestException) when (!_process.HasExited && Stopwatch.GetElapsedTime(began) < Patience)
            {
                // It does not listen yet.
            }
            await Task.Delay(AskEvery, TimeProvider.System);
        }
        FirstAnswer = Stopwatch.GetElapsedTime(began);
    }

    private static string WriteConfig(BenchFolders folders, int port, Func<string, string>? change)
    {
        var folder = folders.Fresh("node");
        foreach (var file in Directory.GetFiles(Path.Combine(folders.Root, "config"))) File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        Edit(Path.Combine(folder, "seatunnel.yaml"), text => (change?.Invoke(text) ?? text).Replace("/tmp/chunnel/checkpoints", Path.Combine(folder, "checkpoints"), StringComparison.Ordinal).Replace("port: 8080", $"port: {port.ToString(CultureInfo.InvariantCulture)}", StringComparison.Ordinal));
        Edit(Path.Combine(folder, "hazelcast.yaml"), text => text.Replace("port: 5801", $"port: {FreePort().ToString(CultureInfo.InvariantCulture)}", StringComparison.Ordinal));
        return folder;
    }

    private static void Edit(string file, Func<string, string> edit) => File.WriteAllText(file, edit(File.ReadAllText(file)));

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
