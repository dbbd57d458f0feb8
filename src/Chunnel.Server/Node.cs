using Chunnel.Config;
using Chunnel.Core;
using Chunnel.Engine;
using Chunnel.Rest;

namespace Chunnel.Server;

/// <summary>A running node: the engine, its logs and its faces.</summary>
public sealed class Node : IAsyncDisposable
{
    private readonly ChunnelEngine _engine;
    private readonly NodeLogs _logs;
    private readonly NodeIdentity _identity;
    private readonly NodeMonitor _monitor;
    private readonly EngineMeter? _telemetry;
    private readonly ExecutionInfo _info;
    private readonly NodeStorage? _storage;
    private readonly InstalledPlugins _plugins;
    private IDisposable? _otlp;
    private RestServer? _v1;
    private RestServer? _v2;
    private RestServer? _v2Tls;

    private Node(NodeSettings settings, InstalledPlugins plugins, NodeLogs logs, NodeStorage? storage, int memberPort, TimeProvider clock)
    {
        (_plugins, _logs, _storage) = (plugins, logs, storage);
        _engine = new ChunnelEngine(
            new EngineSettings
            {
                Worker = $"localhost:{memberPort}",
                Tags = settings.Tags,
                Slots = settings.Slots,
                Checkpoints = settings.Checkpoints,
                HistoryExpires = settings.HistoryExpires,
                Events = settings.Events,
                RealtimeNumbers = settings.TellsRealtime ? RealtimeMetrics.UsualNumbers : 0,
            },
            _plugins.Registry,
            _logs,
            clock,
            _storage?.Engine);
        _identity = new NodeIdentity(settings.ClusterName, settings.MemberHost) { Port = memberPort };
        _monitor = new NodeMonitor(clock);
        _telemetry = settings.TellsMetrics || settings.Otlp is not null ? new EngineMeter(_engine, _monitor, _identity, clock) : null;
        _info = new ExecutionInfo(_engine, _monitor, _logs.Node, clock, settings.InfoInterval);
    }

    /// <summary>The port of REST v2; null where the settings leave it closed.</summary>
    public int? HttpPort => _v2?.Port;

    /// <summary>The port of REST v2 for HTTPS; null where the settings leave it closed.</summary>
    public int? HttpsPort => _v2Tls?.Port;

    /// <summary>The port of REST v1; null where the settings leave it closed.</summary>
    public int? V1Port => _v1?.Port;

    /// <summary>Starts a node: when it comes back, REST answers.</summary>
    /// <exception cref="ChunnelException">No port can be had.</exception>
    public static async Task<Node> StartAsync(NodeSettings settings, TimeProvider clock, CancellationToken stop)
    {
        var member = settings.V1.Enabled ? RestServer.HoldV1(settings.V1) : null;
        Node? node = null;
        NodeLogs? logs = null;
        try
        {
            var plugins = InstalledPlugins.Look(settings.PluginFolders, settings.RunsScripts);
            logs = new NodeLogs(settings.LogsFolder, "seatunnel-engine-server.log", console: null, clock, settings.DeletesOldLogs ? settings.HistoryExpires : null, settings.MixesJobLogs);
            var storage = settings.Storage is { } place ? await NodeStorage.OpenAsync(place, settings.ClusterName, plugins.Shades, logs.Node, clock, stop) : null;
            node = new Node(settings, plugins, logs, storage, member?.Port ?? settings.V1.Port, clock);
            await node.OpenAsync(settings, member, clock, stop);
            return node;
        }
        catch
        {
            if (node is not null) await node.DisposeAsync();
            else logs?.Dispose();
            member?.Dispose();
            throw;
        }
    }

    /// <summary>Completes when the node is told to stop.</summary>
    /// <exception cref="ChunnelException">It may decide nothing any more: another node has its control log.</exception>
    public async Task WaitAsync(CancellationToken stop)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registration = stop.Register(() => stopped.TrySetResult());
        if (await Task.WhenAny(stopped.Task, _engine.Fenced) != _engine.Fenced) return;
        var why = await _engine.Fenced;
        throw new ChunnelException(ServerErrors.LogLost, why.Message, why) { Mend = "This node stops. Its jobs go on where the control log is now; start it again to have them back." };
    }

    /// <summary>Takes no more requests, lets go of the jobs, which go on at the next start where the control log is kept, and of everything else.</summary>
    public async ValueTask DisposeAsync()
    {
        _logs.Node.Stopping();
        if (_v2 is not null) await _v2.DisposeAsync();
        if (_v2Tls is not null) await _v2Tls.DisposeAsync();
        if (_v1 is not null) await _v1.DisposeAsync();
        await _info.DisposeAsync();
        _otlp?.Dispose();
        _telemetry?.Dispose();
        await _engine.DisposeAsync();
        _storage?.Dispose();
        _logs.Node.Stopped();
        _logs.Dispose();
    }

    private async Task OpenAsync(NodeSettings settings, HeldPort? member, TimeProvider clock, CancellationToken stop)
    {
        _logs.Node.Starting(settings.ClusterName);
        foreach (var warning in settings.Warnings) _logs.Node.SettingsWarning(warning.ToString());
        foreach (var warning in _plugins.Problems) _logs.Node.SettingsWarning(warning.ToString());
        var parts = new RestParts
        {
            Questions = new JobQuestions(_engine),
            Orders = new JobOrders(_engine, _plugins.Shades, _logs.Node, clock, settings.HistoryExpires),
            Configs = new ConfigQuestions(_plugins.Shades, _logs.Node),
            Http = settings.Http,
            Log = _logs.Node,
            Levels = _logs.Levels,
            LogsFolder = settings.LogsFolder,
            Node = _identity,
            Monitor = _monitor,
            Telemetry = settings.TellsMetrics ? _telemetry : null,
            Clock = clock,
            Zone = clock.LocalTimeZone,
            Wire = settings.Wire,
        };
        // Whoever holds the log has held the port before, and whoever is answered sees every job that the log knows.
        await _engine.StartAsync(stop);
        if (member is not null) _v1 = await RestServer.StartV1Async(member, settings.V1, parts, stop);
        if (settings.Otlp is { } otlp) _otlp = OtlpExport.Start(otlp, _identity);
        if (settings.Http.Enabled) _v2 = await RestServer.StartV2Async(parts, stop);
        if (settings.Http.Tls is { } tls) _v2Tls = await RestServer.StartV2TlsAsync(tls, parts, stop);
        if (_v2 is null && _v2Tls is null) _logs.Node.NoHttp();
    }
}
