using System.Diagnostics;

namespace Chunnel.JobTests;

/// <summary>A run that is told to stop, by the signals that terminals and schedulers send.</summary>
public sealed class StopSignalTests : IDisposable
{
    private const string Endless = """
        env { job.mode = "STREAMING" }
        source { FakeSource { row.num = 100, split.num = 100, split.read-interval = 50, schema = { fields { a = int } } } }
        sink { Console { log.print.data = false } }
        """;

    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(30);

    private readonly string _folder = Directory.CreateTempSubdirectory("chunnel-stop-").FullName;

    [Theory]
    [InlineData("TERM", "run", "job.conf")]
    [InlineData("INT", "run", "job.conf")]
    [InlineData("TERM", "seatunnel", "-m", "local", "-c", "job.conf")]
    public async Task The_first_signal_cancels_the_job(string signal, params string[] args)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "job.conf"), Endless, TestContext.Current.CancellationToken);
        var start = new ProcessStartInfo("dotnet", [ProgramRun.ProgramPath, .. args]) { WorkingDirectory = _folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        try
        {
            var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await ReadUntilAsync(process.StandardOutput, line => line.Contains("started", StringComparison.Ordinal) || line.Contains("Submit job finished", StringComparison.Ordinal));
            using var kill = Process.Start("kill", [$"-{signal}", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
            var rest = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken).WaitAsync(_limit, TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(_limit, TestContext.Current.CancellationToken);
            rest.ShouldContain("end with state CANCELED", customMessage: await errors);
            process.ExitCode.ShouldBe(0);
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static async Task ReadUntilAsync(StreamReader output, Func<string, bool> isIt)
    {
        var read = "";
        while (await output.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(_limit, TestContext.Current.CancellationToken) is { } line)
        {
            if (isIt(line)) return;
            read += line + "\n";
        }
        Assert.Fail($"the line did not come:\n{read}");
    }
}
