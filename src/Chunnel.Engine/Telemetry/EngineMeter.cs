using System.Diagnostics.Metrics;
using Instruments = System.Diagnostics.Metrics.Meter;

namespace Chunnel.Engine;

/// <summary>
/// The instruments of a node, under the names that SeaTunnel's dashboards ask for (spec rest-api.md 12). Nothing is counted for them: each
/// looks when somebody reads it, so a node without readers pays nothing.
/// </summary>
public sealed partial class EngineMeter : IDisposable
{
    /// <summary>The meter's name, for collectors.</summary>
    public const string Name = "Chunnel";

    private readonly ChunnelEngine _engine;
    private readonly NodeMonitor _monitor;
    private readonly NodeIdentity _node;
    private readonly TimeProvider _clock;
    private readonly Instruments _meter = new(Name);

    public EngineMeter(ChunnelEngine engine, NodeMonitor monitor, NodeIdentity node, TimeProvider clock)
    {
        _engine = engine;
        _monitor = monitor;
        _node = node;
        _clock = clock;
        AddRuntime();
        AddProcess();
        if (node.IsMaster) AddJobs();
        AddCluster();
        AddMemory();
    }

    /// <summary>The instruments, for those who listen.</summary>
    public Instruments Meter => _meter;

    public void Dispose() => _meter.Dispose();

    private void Gauge(string name, string help, Func<double> read) => _meter.CreateObservableGauge(name, read, null, help);

    private void Gauge(string name, string help, Func<IEnumerable<Measurement<double>>> read) => _meter.CreateObservableGauge(name, read, null, help);

    private void Counter(string name, string help, Func<double> read) => _meter.CreateObservableCounter(name, read, null, help);

    private void Counter(string name, string help, Func<IEnumerable<Measurement<double>>> read) => _meter.CreateObservableCounter(name, read, null, help);

    /// <summary>A value with labels, in their order.</summary>
    private static Measurement<double> Value(double value, params ReadOnlySpan<(string Name, string Value)> labels)
    {
        var tags = new KeyValuePair<string, object?>[labels.Length];
        for (var i = 0; i < labels.Length; i++) tags[i] = new KeyValuePair<string, object?>(labels[i].Name, labels[i].Value);
        return new Measurement<double>(value, tags);
    }
}
