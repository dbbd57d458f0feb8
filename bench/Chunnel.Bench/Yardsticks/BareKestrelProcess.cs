using System.Diagnostics;
using System.Globalization;

namespace Chunnel.Bench;

/// <summary><see cref="BareKestrel"/> in a process of its own, as the node has one.</summary>
internal sealed class BareKestrelProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Process _process;

    private BareKestrelProcess(Process process, Uri address)
    {
        _process = process;
        Address = address;
    }

    public Uri Address { get; }

    public static async Task<BareKestrelProcess> StartAsync()
    {
        var port = NodeProcess.FreePort().ToString(CultureInfo.InvariantCulture);
        var process = Process.Start(new ProcessStartInfo(BenchFolders.Self, ["--child", "kestrel", port]))!;
        var started = new BareKestrelProcess(process, new Uri($"http://127.0.0.1:{port}"));
        var began = Stopwatch.GetTimestamp();
        using var client = new HttpClient();
        while (true)
        {
            try
            {
                using var answer = await client.GetAsync(new Uri(started.Address, "/1"));
                return started;
            }
            catch (HttpRequestException) when (Stopwatch.GetElapsedTime(began) < Patience)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
            }
        }
    }

    public ValueTask DisposeAsync()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        return ValueTask.CompletedTask;
    }
}
