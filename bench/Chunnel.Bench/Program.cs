using Chunnel.Bench.Sql;

namespace Chunnel.Bench;

/// <summary>What the parts can do: all of them, or those named.</summary>
internal static class Program
{
    private static readonly Bench[] All =
    [
        new("formats", "Text and JSON to columns and back, one core.", FormatBench.RunAsync),
        new("sql", "The Sql transform against the row-at-a-time loop, one core.", SqlBench.RunAsync),
    ];

    private static async Task<int> Main(string[] names)
    {
        var chosen = names.Length == 0 ? All : [.. All.Where(bench => names.Contains(bench.Name))];
        if (chosen.Length == 0)
        {
            foreach (var bench in All) Console.Error.WriteLine($"{bench.Name,-10} {bench.Says}");
            return 64;
        }
        foreach (var bench in chosen) await bench.Run();
        return 0;
    }
}
