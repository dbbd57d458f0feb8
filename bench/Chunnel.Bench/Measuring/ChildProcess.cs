using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Chunnel.Bench;

/// <summary>Runs a program to its end and measures it from outside. One at a time: the processor time of all children is one counter.</summary>
internal static partial class ChildProcess
{
    private const int Children = -1; // RUSAGE_CHILDREN of getrusage(2)
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(5);

    /// <exception cref="InvalidOperationException">The program failed: figures of work that was not done are none.</exception>
    public static ChildRun Run(string program, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        var cpu = CpuSecondsOfChildren();
        var began = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        double peak = 0;
        // The kernel keeps the largest resident set: only what comes in the last moment before the end could be missed.
        do peak = Math.Max(peak, Machine.PeakMiBOf(process.Id));
        while (!process.WaitForExit(LookEvery));
        var wall = Stopwatch.GetElapsedTime(began).TotalSeconds;
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {errors.Result} {output.Result}");
        return new ChildRun(wall, CpuSecondsOfChildren() - cpu, peak, output.Result);
    }

    private static double CpuSecondsOfChildren()
    {
        _ = GetUsage(Children, out var usage);
        return usage.UserSeconds + usage.SystemSeconds + (usage.UserMicroseconds + usage.SystemMicroseconds) / 1e6;
    }

    [LibraryImport("libc", EntryPoint = "getrusage")]
    private static partial int GetUsage(int who, out Usage usage);

    /// <summary>struct rusage on 64-bit Linux: two times, then fourteen counters.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 18 * 8)]
    private struct Usage
    {
        public long UserSeconds;
        public long UserMicroseconds;
        public long SystemSeconds;
        public long SystemMicroseconds;
    }
}
