using System.Numerics;
using System.Runtime;
using System.Text;

namespace Chunnel.Gates.Kernels;

/// <summary>data-path.md 10 item 5.</summary>
internal sealed class KernelSpeed : Gate
{
    private const int Rows = 4096;
    private const int Batches = 20_000;

    public override string Name => "kernels";

    public override string Question => "What does a kernel cost a row, and what does the first use of thirty of them cost?";

    public override void Run(Report report)
    {
        FirstUse(report);
        var dice = new Random(5);
        long[] longs = [.. Enumerable.Range(0, Rows).Select(_ => dice.NextInt64(1000))];
        int[] ints = [.. Enumerable.Range(0, Rows).Select(_ => dice.Next(1000))];
        double[] doubles = [.. Enumerable.Range(0, Rows).Select(_ => dice.NextDouble())];
        var bits = new ulong[Rows / 64];
        var selection = new ushort[Rows];
        var longResult = new long[Rows];
        var doubleResult = new double[Rows];
        Measure(report, "bigint > constant into bits", () => Loops.Compare<Greater<long>, long>(longs, 500, bits));
        Measure(report, "int = constant into bits", () => Loops.Compare<Equal<int>, int>(ints, 500, bits));
        Measure(report, "double > constant into bits", () => Loops.Compare<Greater<double>, double>(doubles, 0.5, bits));
        var selected = Loops.Select(bits, selection);
        Measure(report, $"bits into a selection, {100 * selected / Rows} % of the rows", () => Loops.Select(bits, selection));
        Measure(report, "take bigint by that selection", () => Loops.Take<long>(longs, selection.AsSpan(0, selected), longResult));
        Measure(report, "bigint + bigint", () => Loops.Map<Add<long>, long>(longs, longs, longResult));
        Measure(report, "double * double", () => Loops.Map<Multiply<double>, double>(doubles, doubles, doubleResult));
        Text(report, dice, bits);
    }

    private static void Text(Report report, Random dice, ulong[] bits)
    {
        var bytes = new List<byte>();
        var ends = new int[Rows + 1];
        for (var row = 0; row < Rows; row++)
        {
            bytes.AddRange(Encoding.UTF8.GetBytes($"name-{dice.Next(10):D2}-äö"));
            ends[row + 1] = bytes.Count;
        }
        byte[] all = [.. bytes];
        byte[] wanted = [.. all[ends[7]..ends[8]]];
        Measure(report, "text of 11 bytes = constant into bits", () => Loops.EqualText(ends, all, wanted, bits));
    }

    private static void Measure(Report report, string what, Action kernel) =>
        report.Row(what, $"{Clock.NanosecondsPer((long)Rows * Batches, () => { for (var i = 0; i < Batches; i++) kernel(); }):F2} ns a row");

    /// <summary>Thirty kernels, each run once: what a job pays before its first batch.</summary>
    private static void FirstUse(Report report)
    {
        var methods = JitInfo.GetCompiledMethodCount();
        var compiling = JitInfo.GetCompilationTime();
        var own = Clock.BestOfThread(1, () =>
        {
            Five<long>(3);
            Five<int>(3);
            Five<double>(3);
            Five<float>(3);
            Five<short>(3);
            Five<sbyte>(3);
        });
        report.Row("first use of 30 kernels", $"{own * 1e3:F1} ms of the processor; clock time in the compiler {(JitInfo.GetCompilationTime() - compiling).TotalMilliseconds:F1} ms for {JitInfo.GetCompiledMethodCount() - methods} methods");
    }

    private static void Five<T>(int bound) where T : unmanaged, INumber<T>
    {
        var a = new T[64];
        var r = new T[64];
        var bits = new ulong[1];
        Loops.Map<Add<T>, T>(a, a, r);
        Loops.Map<Multiply<T>, T>(a, a, r);
        Loops.Compare<Greater<T>, T>(a, T.CreateTruncating(bound), bits);
        Loops.Compare<Equal<T>, T>(a, T.CreateTruncating(bound), bits);
        Loops.Take<T>(a, [1, 2, 3], r);
    }
}
