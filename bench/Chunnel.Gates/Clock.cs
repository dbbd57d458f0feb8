using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Chunnel.Gates;

/// <summary>The best of some runs: what the machine can do when nobody disturbs it.</summary>
internal static partial class Clock
{
    private const int ThreadCpuTime = 3; // CLOCK_THREAD_CPUTIME_ID of clock_gettime(2)

    /// <summary>Seconds of the fastest of <paramref name="runs"/> runs.</summary>
    public static double Best(int runs, Action run)
    {
        var best = double.MaxValue;
        for (var i = 0; i < runs; i++)
        {
            var start = Stopwatch.GetTimestamp();
            run();
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }
        return best;
    }

    /// <summary>Processor seconds of the calling thread in the fastest of <paramref name="runs"/> runs: neighbours on the machine count for little.</summary>
    public static double BestOfThread(int runs, Action run)
    {
        var best = double.MaxValue;
        for (var i = 0; i < runs; i++)
        {
            var start = ThreadSeconds();
            run();
            best = Math.Min(best, ThreadSeconds() - start);
        }
        return best;
    }

    /// <summary>Processor nanoseconds per item of the fastest of nine runs, after one that only warms up.</summary>
    public static double NanosecondsPer(long items, Action run)
    {
        run();
        return BestOfThread(9, run) * 1e9 / items;
    }

    /// <summary>Processor seconds that the calling thread has used.</summary>
    public static double ThreadSeconds()
    {
        _ = GetTime(ThreadCpuTime, out var time);
        return time.Seconds + time.Nanoseconds / 1e9;
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int GetTime(int clock, out TimeSpec time);

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
