using System.Diagnostics;

namespace Chunnel.Gates;

/// <summary>The best of some runs: what the machine can do when nobody disturbs it.</summary>
internal static class Clock
{
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

    /// <summary>Nanoseconds per item of the fastest of five runs, after one that only warms up.</summary>
    public static double NanosecondsPer(long items, Action run)
    {
        run();
        return Best(5, run) * 1e9 / items;
    }
}
