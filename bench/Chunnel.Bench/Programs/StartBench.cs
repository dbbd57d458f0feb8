using System.Globalization;

namespace Chunnel.Bench;

/// <summary>A job of sixteen rows: nothing but the start and the end of the program.</summary>
internal sealed class StartBench(BenchFolders folders) : IBench
{
    private const int Runs = 20;
    private const double MostSeconds = 0.35;
    private const double MostMiB = 80;

    private const string Job = """
        env { job.mode = "BATCH", parallelism = 1 }
        source { FakeSource { plugin_output = "made_up", row.num = 16, schema { fields { id = bigint, name = string } } } }
        sink { Console { plugin_input = "made_up" } }
        """;

    public string Name => "start";

    public Task<ResultPage> RunAsync()
    {
        var page = new ResultPage(Name, string.Create(CultureInfo.InvariantCulture, $"`chunnel run` of 16 rows to the console, published ReadyToRun, self-contained, {Runs} runs."))
        {
            WhenMissed = "Some 430 methods are still compiled at each start (counted with tracing on), 160 of them LINQ over our own structs; without .NET in the image they are some 1,700 (docs/adr/0080). Next: plain loops in place of LINQ on the way to the first row.",
        };
        var job = Path.Combine(folders.Fresh(), "job.conf");
        File.WriteAllText(job, Job);
        var children = Enumerable.Range(0, Runs).Select(_ => ChildProcess.Run(folders.Program, ["run", job])).ToList();
        var rows = children[0].Output.Split('\n').Count(line => line.Contains("SeaTunnelRow#kind=INSERT", StringComparison.Ordinal));
        if (rows != 16) throw new InvalidOperationException($"The program printed {rows} rows: {children[0].Output}");
        var (wall, cpu, peak) = (new Spread(children.Select(run => run.WallSeconds)), new Spread(children.Select(run => run.CpuSeconds)), new Spread(children.Select(run => run.PeakMiB)));
        page.Head("", "wall, s", "processor, s", "largest resident set, MiB");
        page.Row("chunnel run", wall.Text("F3"), cpu.Text("F3"), peak.Text("F1"));
        page.Must($"at most {MostSeconds.ToString(CultureInfo.InvariantCulture)} s", $"{wall.Median:F3} s", wall.Median <= MostSeconds);
        page.Must($"at most {MostMiB.ToString(CultureInfo.InvariantCulture)} MiB", $"{peak.Median:F1} MiB", peak.Median <= MostMiB);
        return Task.FromResult(page);
    }
}
