using System.Globalization;

namespace Chunnel.JobTests;

/// <summary>R3: the memory that a process is given holds, whatever comes in. The limit is the runtime's own, as a container sets it.</summary>
public sealed class MemoryLimitTests : IDisposable
{
    private const long LimitBytes = 64L << 20;

    private readonly string _folder = Directory.CreateTempSubdirectory("chunnel-memory-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Three times as many bytes as there is memory, by one reader and by three.</summary>
    [Theory]
    [InlineData(1, "json")]
    [InlineData(3, "csv")]
    [InlineData(2, "parquet")]
    public async Task A_large_file_goes_through_little_memory(int readers, string format)
    {
        const int Rows = 2_500_000;
        var bytes = Write("in.csv", Enumerable.Range(0, Rows).Select(row => string.Create(CultureInfo.InvariantCulture, $"{row},name of the row {row % 1000},{row * 31L % 1_000_000 / 100.0:0.00},2026-01-31 08:00:00,\"some, text\"")));
        bytes.ShouldBeGreaterThan(2 * LimitBytes);
        var run = await RunAsync($$"""
            env { parallelism = {{readers}}, job.retry.times = 0 }
            source { LocalFile { path = "in.csv", file_format_type = csv, file_split_size = 20000000, enable_file_split = true
              schema { fields { id = bigint, name = string, price = "decimal(10, 2)", at = timestamp, note = string } } } }
            sink { LocalFile { path = "out", tmp_path = "tmp", file_format_type = {{format}} } }
            """);
        run.ExitCode.ShouldBe(0, run.All);
        (run.Read, run.Written).ShouldBe((Rows, Rows));
    }

    /// <summary>No row of a job may be larger than its memory: that is told with the place, and the program does not die of it.</summary>
    [Theory]
    [InlineData("csv", "1,\"")]
    [InlineData("text", "1,")]
    [InlineData("json", "{\"id\":1,\"note\":\"")]
    public async Task A_row_that_is_too_large_ends_the_job_and_not_the_program(string format, string begin)
    {
        using (var file = new StreamWriter(Path.Combine(_folder, "in.csv")))
        {
            file.Write(begin);
            var piece = new string('x', 1 << 20);
            for (var written = 0L; written < 3 * LimitBytes; written += piece.Length) file.Write(piece);
        }
        var run = await RunAsync($$"""
            env { job.retry.times = 0 }
            source { LocalFile { path = "in.csv", file_format_type = {{format}}, field_delimiter = ",", schema { fields { id = bigint, note = string } } } }
            sink { LocalFile { path = "out", tmp_path = "tmp", file_format_type = json } }
            """);
        run.ExitCode.ShouldBe(1, run.All);
        run.End.ShouldBe("FAILED", run.All);
        run.Errors.ShouldContain("ErrorCode:[CHUNNEL-01]");
        run.Errors.ShouldContain("in.csv");
        run.Errors.ShouldNotContain("OutOfMemoryException");
    }

    private long Write(string name, IEnumerable<string> lines)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllLines(path, lines);
        return new FileInfo(path).Length;
    }

    private async Task<ProgramRun> RunAsync(string job)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "job.conf"), job, TestContext.Current.CancellationToken);
        return await ProgramRun.StartAsync(_folder, ["run", "job.conf"], new Dictionary<string, string> { ["DOTNET_GCHeapHardLimit"] = LimitBytes.ToString("X", CultureInfo.InvariantCulture) });
    }
}
