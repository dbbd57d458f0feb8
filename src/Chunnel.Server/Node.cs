using Chunnel.Engine;

namespace Chunnel.Server;

/// <summary>A running node: the engine and its faces.</summary>
public sealed class Node : IAsyncDisposable
{
    private readonly ChunnelEngine _engine;
    private readonly NodeLogs _logs;

    private Node(ChunnelEngine engine, NodeLogs logs)
    {
        _engine = engine;
        _logs = logs;
    }

    public static Task<Node> StartAsync(NodeSettings settings, TimeProvider clock, CancellationToken stop)
    {
        var logs = new NodeLogs("logs", "seatunnel-engine-server.log", null, clock);
        return Task.FromResult(new Node(new ChunnelEngine(new EngineSettings(), BuiltInPlugins.Registry(), logs, clock), logs));
    }

    /// <summary>Completes when the node is told to stop.</summary>
    public static async Task WaitAsync(CancellationToken stop)
    {
        var stopped = new TaskCompletionSource();
        using var registration = stop.Register(() => stopped.TrySetResult());
        await stopped.Task;
    }

    public async ValueTask DisposeAsync()
    {
        await _engine.DisposeAsync();
        _logs.Dispose();
    }
}
