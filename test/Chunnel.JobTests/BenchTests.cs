using System.Diagnostics;

namespace Chunnel.JobTests;

/// <summary>The bench still works: every contender of one bench does its work on a few rows. What it measures here means nothing.</summary>
public sealed class BenchTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("chunnel-bench-").FullName;

    private static string Bin => AppContext.BaseDirectory;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_bench_of_a_few_rows_writes_its_page()
    {
        var stop = TestContext.Current.CancellationToken;
        var start = new ProcessStartInfo(Beside("Chunnel.Bench", "Chunnel.Bench"), ["csv-to-json", "--rows", "1000", "--runs", "1", "--results", _folder, "--program", Beside("Chunnel.Cli", "chunnel")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var bench = Process.Start(start)!;
        var (output, errors) = (bench.StandardOutput.ReadToEndAsync(stop), bench.StandardError.ReadToEndAsync(stop));
        await bench.WaitForExitAsync(stop);
        bench.ExitCode.ShouldBe(0, await output + await errors);
        var page = await File.ReadAllTextAsync(Path.Combine(_folder, "csv-to-json.md"), stop);
        string[] contenders = ["chunnel run", "DuckDB, 2 threads", "DuckDB, 1 thread", "Chunnel's reader alone", "plain loop", "cp"];
        contenders.Where(name => !page.Contains("| " + name, StringComparison.Ordinal)).ShouldBeEmpty(page);
    }

    private static string Beside(string project, string program) => Path.Combine(Bin.Replace("Chunnel.JobTests", project, StringComparison.Ordinal), program);
}
