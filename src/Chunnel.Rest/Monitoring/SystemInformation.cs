using System.Globalization;
using System.Text.Json;
using Chunnel.Engine;

namespace Chunnel.Rest;

/// <summary>
/// Writes a member of <c>/system-monitoring-information</c>: every key of SeaTunnel's answer in its order, every value text (spec rest-api.md 11).
/// What Hazelcast has and this engine has not (its executors, operations and proxies) is 0.
/// </summary>
internal static class SystemInformation
{
    private const string None = "0";

    public static void Write(Utf8JsonWriter json, NodeIdentity node, NodeFigures figures)
    {
        var (machine, process, heap, pool) = (figures.Machine, figures.Process, figures.Heap, figures.Pool);
        json.WriteStartObject();
        json.WriteString("isMaster", node.IsMaster ? "true" : "false");
        json.WriteString("host", node.Host);
        json.WriteString("port", Number(node.Port));
        json.WriteString("processors", Number(machine.Processors));
        json.WriteString("physical.memory.total", Size(machine.MemoryTotal));
        json.WriteString("physical.memory.free", Size(machine.MemoryFree));
        json.WriteString("swap.space.total", Size(machine.SwapTotal));
        json.WriteString("swap.space.free", Size(machine.SwapFree));
        json.WriteString("heap.memory.used", Size(heap.Used));
        json.WriteString("heap.memory.free", Size(heap.Committed - heap.Used));
        json.WriteString("heap.memory.total", Size(heap.Committed));
        json.WriteString("heap.memory.max", Size(heap.Most));
        json.WriteString("heap.memory.used/total", Percent(heap.Used, heap.Committed));
        json.WriteString("heap.memory.used/max", Percent(heap.Used, heap.Most));
        json.WriteString("minor.gc.count", Number(heap.Young.Count));
        json.WriteString("minor.gc.time", Milliseconds(heap.Young.Pause));
        json.WriteString("major.gc.count", Number(heap.Full.Count));
        json.WriteString("major.gc.time", Milliseconds(heap.Full.Pause));
        json.WriteString("load.process", Percent(process.CpuShare, 1));
        json.WriteString("load.system", Percent(machine.CpuShare, 1));
        json.WriteString("load.systemAverage", machine.LoadAverage?.ToString("F2", CultureInfo.InvariantCulture) ?? "n/a");
        json.WriteString("thread.count", Number(process.Threads));
        json.WriteString("thread.peakCount", Number(process.PeakThreads));
        json.WriteString("cluster.timeDiff", None);
        json.WriteString("event.q.size", None);
        json.WriteString("executor.q.async.size", Number(pool.Queued));
        foreach (var executor in (string[])["client", "client.query", "client.blocking", "query"]) json.WriteString($"executor.q.{executor}.size", None);
        json.WriteString("executor.q.scheduled.size", Number(pool.Timers));
        foreach (var executor in (string[])["io", "system", "operations", "priorityOperation"]) json.WriteString($"executor.q.{executor}.size", None);
        json.WriteString("operations.completed.count", None);
        foreach (var executor in (string[])["mapLoad", "mapLoadAllKeys", "cluster", "response"]) json.WriteString($"executor.q.{executor}.size", None);
        json.WriteString("operations.running.count", None);
        json.WriteString("operations.pending.invocations.percentage", Percent(0, 1));
        json.WriteString("operations.pending.invocations.count", None);
        json.WriteString("proxy.count", None);
        json.WriteString("clientEndpoint.count", None);
        json.WriteString("connection.active.count", None);
        json.WriteString("client.connection.count", None);
        json.WriteString("connection.count", None);
        json.WriteEndObject();
    }

    /// <summary>With one decimal and the letter of the largest unit that the size goes beyond; <c>0</c> and <c>1024</c> as they are.</summary>
    internal static string Size(long bytes)
    {
        const string Units = "KMGTPE";
        for (var unit = Units.Length; unit > 0; unit--)
        {
            var one = 1L << (10 * unit);
            if (bytes > one) return string.Create(CultureInfo.InvariantCulture, $"{(double)bytes / one:F1}{Units[unit - 1]}");
        }
        return Number(bytes);
    }

    internal static string Percent(double part, double whole) =>
        string.Create(CultureInfo.InvariantCulture, $"{(whole > 0 ? part / whole * 100 : 0):F2}%");

    internal static string Milliseconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{(long)time.TotalMilliseconds}ms");

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
