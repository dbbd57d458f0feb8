using System.Globalization;
using Chunnel.Gates;

namespace Chunnel.Bench;

/// <summary>Prints what was measured as a table of Markdown, so that it can be kept as it is.</summary>
internal sealed class Report
{
    public void Begin(string title)
    {
        Console.WriteLine();
        Console.WriteLine($"### {title}");
        Console.WriteLine();
        Console.WriteLine("| What | M rows/s | ns/row | B allocated/row | against the plain loop | must reach |");
        Console.WriteLine("|---|---|---|---|---|---|");
    }

    /// <summary>Measures on this thread, warmed up, best of nine; the processor time of the thread counts.</summary>
    /// <param name="name">What is measured.</param>
    /// <param name="rows">Rows of one run.</param>
    /// <param name="run">One run.</param>
    /// <param name="plain">Nanoseconds a row of the plain loop, or 0.</param>
    /// <param name="mustReach">Million rows a second, or 0.</param>
    /// <param name="warmUps">Runs before.</param>
    /// <returns>Nanoseconds a row.</returns>
    public double Measure(string name, long rows, Action run, double plain = 0, double mustReach = 0, int warmUps = 30)
    {
        for (var i = 0; i < warmUps; i++) run();
        var nanos = Clock.NanosecondsPer(rows, run);
        var before = GC.GetAllocatedBytesForCurrentThread();
        run();
        var bytes = (double)(GC.GetAllocatedBytesForCurrentThread() - before) / rows;
        var against = plain == 0 ? "" : (plain / nanos).ToString("0.0", CultureInfo.InvariantCulture) + " x";
        var goal = mustReach == 0 ? "" : mustReach.ToString("0.#", CultureInfo.InvariantCulture) + (1000 / nanos >= mustReach ? "" : " MISSED");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {1000 / nanos:0.0} | {nanos:0.00} | {bytes:0.000} | {against} | {goal} |"));
        return nanos;
    }
}
