using System.Diagnostics.Metrics;
using System.Runtime;

namespace Chunnel.Engine;

/// <summary>The managed heap and what else the process holds.</summary>
public sealed partial class EngineMeter
{
    /// <summary>Java's word for: no bound, or nobody knows.</summary>
    private const double Unknown = -1;

    /// <summary>The pool of what the compiler has read; how much machine code came of it nobody tells.</summary>
    private const string CodePool = "Code";

    private void AddMemory()
    {
        Gauge("jvm_memory_objects_pending_finalization", "The number of objects waiting in the finalizer queue.", () => _monitor.Look().Heap.PendingFinalizers);
        AddAreas("used", "Used bytes of a given memory area.", heap => heap.Used, other => other);
        AddAreas("committed", "Committed (bytes) of a given memory area.", heap => heap.Committed, other => other);
        AddAreas("max", "Max (bytes) of a given memory area.", heap => heap.Most, _ => Unknown);
        AddAreas("init", "Initial bytes of a given memory area.", _ => Unknown, _ => Unknown);
        AddPools("bytes_used", "Used bytes of a given memory pool.", pool => pool.Used, withCode: true);
        AddPools("bytes_committed", "Committed bytes of a given memory pool.", pool => pool.Size, withCode: true);
        AddPools("bytes_max", "Max bytes of a given memory pool.", _ => Unknown, withCode: true);
        AddPools("bytes_init", "Initial bytes of a given memory pool.", _ => Unknown, withCode: true);
        AddPools("collection_used_bytes", "Used bytes after last collection of a given memory pool.", pool => pool.Used, withCode: false);
        AddPools("collection_committed_bytes", "Committed after last collection bytes of a given memory pool.", pool => pool.Size, withCode: false);
        AddPools("collection_max_bytes", "Max bytes after last collection of a given memory pool.", _ => Unknown, withCode: false);
        AddPools("collection_init_bytes", "Initial after last collection bytes of a given memory pool.", _ => Unknown, withCode: false);
        // .NET counts what is allocated for the heap as a whole.
        Counter("jvm_memory_pool_allocated_bytes_total", "Total bytes allocated in a given memory pool.", () => [Value(_monitor.Look().Heap.AllocatedBytes, ("pool", "heap"))]);
        Gauge("jvm_memory_pool_allocated_bytes_created", "Total bytes allocated in a given memory pool.", () => [Value(_monitor.Look().Process.Started.ToUnixTimeMilliseconds() / 1e3, ("pool", "heap"))]);
    }

    private void AddAreas(string what, string help, Func<HeapFigures, double> ofHeap, Func<double, double> ofOther) => Gauge($"jvm_memory_bytes_{what}", help, () =>
    {
        var figures = _monitor.Look();
        var other = Math.Max(0, figures.Process.PrivateBytes - figures.Heap.Committed);
        return [Value(ofHeap(figures.Heap), ("area", "heap")), Value(ofOther(other), ("area", "nonheap"))];
    });

    private void AddPools(string what, string help, Func<HeapGeneration, double> read, bool withCode) => Gauge($"jvm_memory_pool_{what}", help, () =>
    {
        IEnumerable<HeapGeneration> pools = _monitor.Look().Heap.Generations;
        if (withCode) pools = pools.Append(new HeapGeneration(CodePool, JitInfo.GetCompiledILBytes(), JitInfo.GetCompiledILBytes()));
        return pools.Select(pool => Value(read(pool), ("pool", pool.Name)));
    });
}
