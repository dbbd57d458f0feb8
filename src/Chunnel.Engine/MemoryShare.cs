namespace Chunnel.Engine;

/// <summary>How much of a process's memory batches may take when nobody says.</summary>
internal static class MemoryShare
{
    /// <summary>A quarter: plug-ins, native libraries and the collector need room too.</summary>
    private const int Share = 4;

    /// <summary>With less, readers wait for writers more than they work.</summary>
    private const long ComfortBytes = 64L << 20;

    /// <summary>More than half is not asked for, however small the process: it would be killed before it felt any pressure.</summary>
    private const int MostShare = 2;

    /// <summary>For this process: the runtime knows the machine's memory, a container's limit (cgroup) and a limit set for the heap, and tells the least.</summary>
    public static long OfProcess() => Of(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);

    public static long Of(long availableBytes) => Math.Max(availableBytes / Share, Math.Min(ComfortBytes, availableBytes / MostShare));
}
