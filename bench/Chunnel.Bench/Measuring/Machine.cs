using System.Globalization;
using System.Runtime.InteropServices;

namespace Chunnel.Bench;

/// <summary>Where the figures come from, and how much of it a process uses.</summary>
internal static class Machine
{
    public static string Description =>
        $"{Environment.ProcessorCount} cores, {Field("/proc/cpuinfo", "model name")}, {KiB("/proc/meminfo", "MemTotal") >> 20} GiB, {RuntimeInformation.OSDescription}, .NET {Environment.Version}";

    /// <summary>How busy the machine was in the last minute, in runnable threads: figures of a busy machine say little.</summary>
    public static string Load => File.ReadAllText("/proc/loadavg").Split(' ')[0];

    /// <summary>The largest resident set that a process has had, in MiB; 0 when it is gone.</summary>
    public static double PeakMiBOf(int processId) => MiBOf(processId, "VmHWM");

    /// <summary>The resident set of a process now, in MiB; 0 when it is gone.</summary>
    public static double ResidentMiBOf(int processId) => MiBOf(processId, "VmRSS");

    /// <summary>User and system time that a process has taken; counted in hundredths of a second.</summary>
    public static double CpuSecondsOf(int processId)
    {
        // The name in front is in brackets, and may hold anything.
        var fields = File.ReadAllText($"/proc/{processId}/stat").Split(')')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return (long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture)) / 100.0;
    }

    private static double MiBOf(int processId, string name)
    {
        try
        {
            return KiB($"/proc/{processId}/status", name) / 1024.0;
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private static long KiB(string file, string name) =>
        Field(file, name) is { Length: > 0 } field ? long.Parse(field.Split(' ')[0], CultureInfo.InvariantCulture) : 0;

    private static string Field(string file, string name) =>
        File.ReadLines(file).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal))?.Split(':')[1].Trim() ?? "";
}
