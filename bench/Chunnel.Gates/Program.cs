using Chunnel.Gates.Kernels;
using Chunnel.Gates.Memory;
using Chunnel.Gates.Numbers;
using Chunnel.Gates.Packages;
using Chunnel.Gates.Parquet;
using Chunnel.Gates.Postgres;
using Chunnel.Gates.Start;

namespace Chunnel.Gates;

internal static class Program
{
    private static readonly Gate[] s_gates =
        [new ArrowTogether(), new ParquetSpeed(), new PinIsRetain(), new SlabsAgainstNative(), new KernelSpeed(), new NumberSpeed(), new SqliteVersion(), new RawCopy(), new StartUp()];

    private static int Main(string[] arguments)
    {
        // A child process that the start-up gate measures from outside.
        if (arguments is ["--child", var kind])
        {
            return Child.Run(kind);
        }
        var chosen = s_gates.Where(gate => arguments.Length == 0 || arguments.Contains(gate.Name)).ToList();
        if (chosen.Count == 0)
        {
            Console.Error.WriteLine($"No gate of that name. All of them: {string.Join(", ", s_gates.Select(gate => gate.Name))}");
            return 64;
        }
        Console.WriteLine(Machine.Description);
        var passed = true;
        foreach (var gate in chosen)
        {
            Console.WriteLine($"\n## {gate.Name}: {gate.Question}\n\n| Measured | |\n|---|---|");
            var report = new Report();
            gate.Run(report);
            passed &= report.Passed;
        }
        return passed ? 0 : 1;
    }
}
