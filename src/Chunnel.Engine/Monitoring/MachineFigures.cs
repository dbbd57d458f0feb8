namespace Chunnel.Engine;

/// <summary>The machine, or the container that the node may use of it. Sizes are bytes.</summary>
public sealed record MachineFigures
{
    private const string CgroupLimit = "/sys/fs/cgroup/memory.max";
    private const string CgroupUse = "/sys/fs/cgroup/memory.current";

    public required int Processors { get; init; }

    public required long MemoryTotal { get; init; }

    public required long MemoryFree { get; init; }

    /// <summary>0 where there is none, and where nobody tells.</summary>
    public required long SwapTotal { get; init; }

    public required long SwapFree { get; init; }

    /// <summary>Runnable threads in the last minute; null where the system does not count them.</summary>
    public required double? LoadAverage { get; init; }

    /// <summary>How much of all processors was busy since the look before, from 0 to 1.</summary>
    public required double CpuShare { get; init; }

    internal static MachineFigures Read(double cpuShare)
    {
        var memory = ProcFile.Sizes("/proc/meminfo");
        var info = GC.GetGCMemoryInfo();
        var total = memory.GetValueOrDefault("MemTotal", info.TotalAvailableMemoryBytes);
        var free = memory.GetValueOrDefault("MemFree", Math.Max(0, info.TotalAvailableMemoryBytes - info.MemoryLoadBytes));
        if (ProcFile.Number(CgroupLimit) is { } limit && limit < total)
        {
            total = limit;
            free = Math.Max(0, limit - (ProcFile.Number(CgroupUse) ?? 0));
        }
        return new MachineFigures
        {
            Processors = Environment.ProcessorCount,
            MemoryTotal = total,
            MemoryFree = free,
            SwapTotal = memory.GetValueOrDefault("SwapTotal"),
            SwapFree = memory.GetValueOrDefault("SwapFree"),
            LoadAverage = ProcFile.LoadAverage(),
            CpuShare = cpuShare,
        };
    }
}
