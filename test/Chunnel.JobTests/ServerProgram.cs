using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
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

    public static async Task<ServerProgram> StartAsync(string folder)
    {
        var config = Directory.CreateDirectory(Path.Combine(folder, "node-config")).FullName;
        await File.WriteAllTextAsync(Path.Combine(config, "seatunnel.yaml"), $$"""
            seatunnel:
              engine:
                http: { enable-http: true, port: {{FreePort()}}, enable-dynamic-port: true }
                checkpoint: { storage: { type: localfile, plugin-config: { namespace: "{{Path.Combine(folder, "checkpoints")}}" } } }
            """, TestContext.Current.CancellationToken);
        var start = new ProcessStartInfo("dotnet", [ProgramRun.ProgramPath, "server", "--config", config])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["TZ"] = "UTC";
        start.Environment.Remove("CHUNNEL_HOME");
        var process = Process.Start(start)!;
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

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    [GeneratedRegex(@"listens on port (\d+)", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Listens();
}
