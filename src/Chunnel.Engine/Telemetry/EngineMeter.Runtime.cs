using System.Diagnostics.Metrics;
using System.Runtime.InteropServices;

namespace Chunnel.Engine;

/// <summary>
/// .NET and the process, under the names that Java's have on dashboards (spec rest-api.md 12.3): what is shown is .NET's, and where it has
/// no such thing, 0.
/// </summary>
public sealed partial class EngineMeter
{
    /// <summary>The first thread keeps the process alive; no other does.</summary>
    private const int ForegroundThreads = 1;

    private void AddRuntime()
    {
        Gauge("jvm_info", "VM version info", () => [Value(1, ("runtime", RuntimeInformation.FrameworkDescription), ("vendor", "Microsoft"), ("version", Environment.Version.ToString()))]);
        AddBuffers("used_bytes", "Used bytes of a given JVM buffer pool.", () => _engine.BufferBytes);
        AddBuffers("capacity_bytes", "Bytes capacity of a given JVM buffer pool.", () => _engine.BufferBytes);
        AddBuffers("used_buffers", "Used buffers of a given JVM buffer pool: slabs of 1 MiB.", () => _engine.BufferBytes >> 20);
        Counter("jvm_gc_collection_seconds_count", "Time spent in a given JVM garbage collector in seconds.", () => Collections(kind => kind.Count));
        Counter("jvm_gc_collection_seconds_sum", "Time spent in a given JVM garbage collector in seconds.", () => Collections(kind => kind.Pause.TotalSeconds));
        AddThreads();
        Gauge("jvm_classes_currently_loaded", "The number of assemblies that are currently loaded", () => LoadedAssemblies());
        Counter("jvm_classes_loaded_total", "The total number of assemblies that have been loaded since the process has started execution", () => LoadedAssemblies());
        Counter("jvm_classes_unloaded_total", "The total number of assemblies that have been unloaded since the process has started execution", () => 0);
    }

    private void AddProcess()
    {
        Counter("process_cpu_seconds_total", "Total user and system CPU time spent in seconds.", () => _monitor.Look().Process.CpuTime.TotalSeconds);
        Gauge("process_start_time_seconds", "Start time of the process since unix epoch in seconds.", () => _monitor.Look().Process.Started.ToUnixTimeMilliseconds() / 1e3);
        GaugeIfTold("process_open_fds", "Number of open file descriptors.", () => _monitor.Look().Process.OpenFiles);
        GaugeIfTold("process_max_fds", "Maximum number of open file descriptors.", () => _monitor.Look().Process.MostFiles);
        Gauge("process_virtual_memory_bytes", "Virtual memory size in bytes.", () => _monitor.Look().Process.VirtualBytes);
        Gauge("process_resident_memory_bytes", "Resident memory size in bytes.", () => _monitor.Look().Process.ResidentBytes);
    }

    private void AddThreads()
    {
        Gauge("jvm_threads_current", "Current thread count of the process", () => _monitor.Look().Process.Threads);
        Gauge("jvm_threads_daemon", "Threads that do not keep the process alive", () => _monitor.Look().Process.Threads - ForegroundThreads);
        Gauge("jvm_threads_peak", "Peak thread count that was seen", () => _monitor.Look().Process.PeakThreads);
        Counter("jvm_threads_started_total", "Threads known to have been started: the most that were seen at once", () => _monitor.Look().Process.PeakThreads);
        Gauge("jvm_threads_deadlocked", "Always 0: .NET does not look for threads in deadlock", () => 0);
        Gauge("jvm_threads_deadlocked_monitor", "Always 0: .NET does not look for threads in deadlock", () => 0);
        Gauge("jvm_threads_state", "Current count of threads by state", ThreadStates);
    }

    private static IEnumerable<Measurement<double>> ThreadStates()
    {
        var threads = OsThreads.List();
        return OsThreadStateNames.All.Select(name => Value(threads.Count(thread => thread.State.Name == name), ("state", name)));
    }

    /// <summary>Pinned blocks that batches lie in; no file is mapped.</summary>
    private void AddBuffers(string what, string help, Func<double> pinned) =>
        Gauge($"jvm_buffer_pool_{what}", help, () => [Value(0, ("pool", "mapped")), Value(pinned(), ("pool", "direct"))]);

    private IEnumerable<Measurement<double>> Collections(Func<(long Count, TimeSpan Pause), double> read)
    {
        var heap = _monitor.Look().Heap;
        return [Value(read(heap.Young), ("gc", "Young Generations")), Value(read(heap.Full), ("gc", "Full"))];
    }

    private static int LoadedAssemblies() => AppDomain.CurrentDomain.GetAssemblies().Length;

    private void GaugeIfTold(string name, string help, Func<double?> read) =>
        Gauge(name, help, () => read() is { } value ? [new Measurement<double>(value)] : []);
}
