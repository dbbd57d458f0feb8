using System.Runtime.InteropServices;

namespace Chunnel.Gates;

/// <summary>Where the figures come from, and how much of it a process uses.</summary>
internal static class Machine
{
    public static string Description =>
        $"{Environment.ProcessorCount} cores, {Field("/proc/cpuinfo", "model name")}, {RuntimeInformation.OSDescription}, .NET {Environment.Version}";

    /// <summary>Resident set now, in MiB.</summary>
    public static double ResidentMiB => KiB("VmRSS") / 1024.0;

    /// <summary>Largest resident set since the last <see cref="ForgetPeak"/>, in MiB.</summary>
    public static double PeakMiB => KiB("VmHWM") / 1024.0;

    /// <summary>Begins to look for the largest resident set again (proc(5), clear_refs 5).</summary>
    public static void ForgetPeak() => File.WriteAllText("/proc/self/clear_refs", "5");

    private static long KiB(string field) => long.Parse(Field("/proc/self/status", field).Split(' ')[0]);

    private static string Field(string file, string name) =>
        File.ReadLines(file).First(line => line.StartsWith(name, StringComparison.Ordinal)).Split(':')[1].Trim();
}
