using System.Globalization;
using Chunnel.Control;

namespace Chunnel.Engine;

/// <summary>Measures how busy this machine is: its processors since the last look (at first: since it was started), its memory now.</summary>
internal sealed class LoadMeter(TimeProvider clock)
{
    private const string Statistics = "/proc/stat";

    /// <summary>In the line of all processors: user, nice, system, <b>idle</b>, <b>iowait</b>, irq, softirq, steal.</summary>
    private const int IdleField = 3;
    private const int IoWaitField = 4;
    private const int Fields = 8;

    private (double Busy, double All) _last;

    public SystemLoad Measure()
    {
        var now = File.Exists(Statistics) ? OfMachine() : OfProcess();
        var (busy, all) = (now.Busy - _last.Busy, now.All - _last.All);
        _last = now;
        return new(all > 0 ? Math.Clamp(busy / all, 0, 1) : 0, Memory());
    }

    private static (double Busy, double All) OfMachine()
    {
        using var reader = new StreamReader(Statistics);
        var ticks = (reader.ReadLine() ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Take(Fields)
            .Select(field => double.Parse(field, CultureInfo.InvariantCulture)).ToList();
        var all = ticks.Sum();
        return (all - ticks[IdleField] - ticks[IoWaitField], all);
    }

    /// <summary>Where the machine's own figures are not to be had: this process, against all processors.</summary>
    private (double Busy, double All) OfProcess() =>
        (Environment.CpuUsage.TotalTime.TotalSeconds, clock.GetTimestamp() / (double)clock.TimestampFrequency * Environment.ProcessorCount);

    private static double Memory()
    {
        var memory = GC.GetGCMemoryInfo();
        return memory.TotalAvailableMemoryBytes > 0 ? Math.Clamp((double)memory.MemoryLoadBytes / memory.TotalAvailableMemoryBytes, 0, 1) : 0;
    }
}
