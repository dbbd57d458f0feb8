namespace Chunnel.Engine;

/// <summary>The managed heap and its collector. Sizes are bytes.</summary>
public sealed record HeapFigures
{
    private static readonly string[] _generationNames = ["Gen0", "Gen1", "Gen2", "LOH", "POH"];

    public required long Used { get; init; }

    /// <summary>Memory that the collector holds, at least <see cref="Used"/>.</summary>
    public required long Committed { get; init; }

    /// <summary>What the heap may grow to.</summary>
    public required long Most { get; init; }

    /// <summary>Allocated since the process began.</summary>
    public required long AllocatedBytes { get; init; }

    /// <summary>Objects that wait for their finalizer.</summary>
    public required long PendingFinalizers { get; init; }

    /// <summary>As the last collection left them.</summary>
    public required IReadOnlyList<HeapGeneration> Generations { get; init; }

    /// <summary>Collections of the young generations, and how long they stopped the program.</summary>
    public required (long Count, TimeSpan Pause) Young { get; init; }

    /// <summary>Collections of the whole heap, and how long they stopped the program.</summary>
    public required (long Count, TimeSpan Pause) Full { get; init; }

    internal static HeapFigures Read(GcWatch watch)
    {
        var info = GC.GetGCMemoryInfo();
        var used = GC.GetTotalMemory(forceFullCollection: false);
        var (youngPause, fullPause) = watch.Pauses();
        var full = GC.CollectionCount(2);
        var generations = new List<HeapGeneration>();
        for (var i = 0; i < info.GenerationInfo.Length; i++)
        {
            var after = info.GenerationInfo[i];
            generations.Add(new HeapGeneration(_generationNames[i], after.SizeAfterBytes - after.FragmentationAfterBytes, after.SizeAfterBytes));
        }
        return new HeapFigures
        {
            Used = used,
            Committed = Math.Max(used, info.TotalCommittedBytes),
            Most = info.TotalAvailableMemoryBytes,
            AllocatedBytes = GC.GetTotalAllocatedBytes(precise: false),
            PendingFinalizers = info.FinalizationPendingCount,
            Generations = generations,
            Young = (GC.CollectionCount(0) - full, youngPause),
            Full = (full, fullPause),
        };
    }
}

/// <summary>A generation of the heap after the last collection.</summary>
/// <param name="Name">As .NET calls it: Gen0, Gen1, Gen2, LOH for large objects, POH for pinned ones.</param>
/// <param name="Used">Bytes of live objects.</param>
/// <param name="Size">Bytes with the gaps between them.</param>
public sealed record HeapGeneration(string Name, long Used, long Size);
