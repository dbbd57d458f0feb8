using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Chunnel.Bench;

/// <summary>A node from its start to its first answer, and what it takes when it has nothing to do.</summary>
internal sealed partial class ServerBench(BenchFolders folders, int runs) : IBench
{
    private const double MostSeconds = 0.5;
    private const double MostMiB = 100;
    private const int Terminate = 15; // SIGTERM
    private static readonly TimeSpan AskEvery = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public string Name => "server";

    public async Task<ResultPage> RunAsync()
    {
        var page = new ResultPage(Name, string.Create(CultureInfo.InvariantCulture, $"`chunnel server`, published ReadyToRun, self-contained, until `GET /overview` answers 200; {runs} runs. Idle: the resident set {Idle.TotalSeconds:N0} s later."))
        {
            WhenMissed = "Not profiled yet; a bare Kestrel that answers one request is the larger part of such a start in docs/adr/0008. Next: profile it, and listen before the engine is made.",
        };
        var seconds = new List<double>();
        var idle = new List<double>();
        for (var run = 0; run < runs; run++)
        {
            var (answered, resident) = await RunOnceAsync();
            seconds.Add(answered);
            idle.Add(resident);
        }
        var (first, rest) = (new Spread(seconds), new Spread(idle));
        page.Head("", "first answer, s", "idle, MiB");
        page.Row("chunnel server", first.Text("F3"), rest.Text("F1"));
        page.Must($"first answer within {MostSeconds.ToString(CultureInfo.InvariantCulture)} s", $"{first.Median:F3} s", first.Median <= MostSeconds);
        page.Must($"idle at most {MostMiB.ToString(CultureInfo.InvariantCulture)} MiB", $"{rest.Median:F1} MiB", rest.Median <= MostMiB);
        return page;
    }

    private async Task<(double Seconds, double MiB)> RunOnceAsync()
    {
        var port = FreePort();
        var config = WriteConfig(port);
        var start = new ProcessStartInfo(folders.Program, ["server", "--config", config]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = config };
        var began = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        try
        {
            await AnswerAsync(new Uri($"http://127.0.0.1:{port}/overview"), process, began);
            var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
            await Task.Delay(Idle, TimeProvider.System);
            return (seconds, Machine.ResidentMiBOf(process.Id));
        }
        finally
        {
            if (!process.HasExited) _ = Kill(process.Id, Terminate);
            if (!process.WaitForExit(Patience)) process.Kill();
            await Task.WhenAll(output, errors);
        }
    }

    private static async Task AnswerAsync(Uri overview, Process process, long began)
    {
        using var client = new HttpClient();
        while (true)
        {
            try
            {
                using var answer = await client.GetAsync(overview);
                if (answer.StatusCode == HttpStatusCode.OK) return;
            }
            catch (HttpRequestException) when (!process.HasExited && Stopwatch.GetElapsedTime(began) < Patience)
            {
                // It does not listen yet.
            }
            await Task.Delay(AskEvery, TimeProvider.System);
        }
    }

    private string WriteConfig(int port)
    {
        var folder = folders.Fresh();
        foreach (var file in Directory.GetFiles(Path.Combine(folders.Root, "config"))) File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        var settings = Path.Combine(folder, "seatunnel.yaml");
        File.WriteAllText(settings, File.ReadAllText(settings).Replace("port: 8080", $"port: {port.ToString(CultureInfo.InvariantCulture)}", StringComparison.Ordinal));
        return folder;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
