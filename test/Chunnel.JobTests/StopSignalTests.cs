using System.Diagnostics;
using System.Globalization;
using Chunnel.Canaries;

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
        using var process = Start(args);
        try
        {
            var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await ReadUntilAsync(process.StandardOutput, IsStarted);
            await SendAsync(signal, process);
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

    /// <summary>Engine.md 14: whoever cannot wait for a job that will not let go asks twice.</summary>
    [Theory]
    [InlineData("INT", "INT")]
    [InlineData("INT", "TERM")]
    [InlineData("TERM", "INT")]
    public async Task The_second_signal_ends_the_program_at_once(string first, string second)
    {
        LeakyJobs.InstallPlugins(Path.Combine(_folder, "plugins"));
        await File.WriteAllTextAsync(Path.Combine(_folder, "job.conf"), $"env {{}}\nsource {{ LeakySource {{ leaks_in = stuck }} }}\nsink {{ Console {{}} }}\n", TestContext.Current.CancellationToken);
        using var process = Start(["run", "job.conf"]);
        try
        {
            var rest = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await ReadUntilAsync(process.StandardError, line => line == "stuck");
            await SendAsync(first, process);
            await ReadUntilAsync(process.StandardError, line => line.Contains("A second signal ends this program at once.", StringComparison.Ordinal));
            process.HasExited.ShouldBeFalse();
            await SendAsync(second, process);
            // The job itself is waited for longer than this.
            await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(3), TestContext.Current.CancellationToken);
            process.ExitCode.ShouldBe(130);
            (await rest).ShouldNotContain("end with state");
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static bool IsStarted(string line) => line.Contains("started", StringComparison.Ordinal) || line.Contains("Submit job finished", StringComparison.Ordinal);

    private Process Start(IReadOnlyList<string> args)
    {
        var start = new ProcessStartInfo("dotnet", [ProgramRun.ProgramPath, .. args]) { WorkingDirectory = _folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["CHUNNEL_HOME"] = _folder;
        return Process.Start(start)!;
    }

    private static async Task SendAsync(string signal, Process process)
    {
        using var kill = Process.Start("kill", [$"-{signal}", process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

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
