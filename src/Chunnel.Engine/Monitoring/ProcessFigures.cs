using System.Diagnostics;

namespace Chunnel.Engine;

/// <summary>This process as the system sees it. Sizes are bytes.</summary>
public sealed record ProcessFigures
{
    public required DateTimeOffset Started { get; init; }

    /// <summary>Processor time of all its threads, in the program and in the system.</summary>
    public required TimeSpan CpuTime { get; init; }

    /// <summary>How much of all processors it used since the look before, from 0 to 1.</summary>
    public required double CpuShare { get; init; }

    public required long ResidentBytes { get; init; }

    /// <summary>What is resident and backed by no file: the managed heap, code, stacks and native libraries' memory.</summary>
    public required long PrivateBytes { get; init; }

    public required long VirtualBytes { get; init; }

    public required int Threads { get; init; }

    /// <summary>The most threads that any look has seen.</summary>
    public required int PeakThreads { get; init; }

    /// <summary>Null where the system does not tell.</summary>
    public required int? OpenFiles { get; init; }

    /// <summary>Null where the system does not tell.</summary>
    public required long? MostFiles { get; init; }

    internal static ProcessFigures Read(DateTimeOffset started, double cpuShare, int peakBefore)
    {
        using var self = Process.GetCurrentProcess();
        var sizes = ProcFile.Sizes("/proc/self/status");
        var threads = self.Threads.Count;
        return new ProcessFigures
        {
            Started = started,
            CpuTime = Environment.CpuUsage.TotalTime,
            CpuShare = cpuShare,
            ResidentBytes = self.WorkingSet64,
            PrivateBytes = sizes.GetValueOrDefault("RssAnon", self.PrivateMemorySize64),
            VirtualBytes = self.VirtualMemorySize64,
            Threads = threads,
            PeakThreads = Math.Max(threads, peakBefore),
            OpenFiles = ProcFile.OpenFiles(),
            MostFiles = ProcFile.MostFiles(),
        };
    }
}
