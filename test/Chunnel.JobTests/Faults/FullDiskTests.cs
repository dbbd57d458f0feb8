using System.Globalization;

namespace Chunnel.JobTests;

/// <summary>
/// A disk is full: that of the target, of the checkpoints, of the control log. The job says so or waits, and when there is room again it goes on
/// with nothing lost and nothing doubled (architecture.md 6: S1, S2, R4).
/// </summary>
public sealed class FullDiskTests(ITestOutputHelper output) : IDisposable
{
    private const int Rows = 30_000;

    private readonly string _folder = Directory.CreateTempSubdirectory("chunnel-full-").FullName;
    private readonly SmallDisk _disk = SmallDisk.Make(output);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Fault("The disk is full: the target", "while the job writes; later there is room again", "the job fails and says so, or tries on; gone on with, exactly the rows of the source")]
    public async Task The_targets_disk(bool waits)
    {
        var copy = await SetUpAsync(_disk.Folder);
        await using var node = await StartAsync(new NodePlaces());
        _disk.Fill(room: 150_000);
        var retries = waits ? "job.retry.times = 1000, job.retry.interval.seconds = 1" : "job.retry.times = 1, job.retry.interval.seconds = 0";
        var jobId = await node.SubmitAsync(copy.Job(2, rowsPerSecond: 20_000, $"checkpoint.interval = 60, {retries}"));
        if (waits)
        {
            await UntilAsync(() => LogsSay("No space left on device"));
            _disk.Free();
        }
        else
        {
            var failed = await node.FailureOfAsync(jobId);
            failed.ShouldContain("ErrorCode:[COMMON-01]");
            failed.ShouldContain(_disk.Folder);
            failed.ShouldContain("No space left on device");
            failed.ShouldContain("Check that the disk has room");
            _disk.Free();
            await node.SubmitAsync(copy.Job(2), $"&jobId={jobId}&isStartWithSavePoint=true");
        }
        (await node.EndOfAsync(jobId)).ShouldBe("FINISHED");
        await copy.CheckAsync();
    }

    [Fact]
    [Fault("The disk is full: the checkpoints", "while the job runs; later there is room again", "the job fails and says so; gone on with from its checkpoint, exactly the rows of the source")]
    public async Task The_disk_of_the_checkpoints()
    {
        var copy = await SetUpAsync(_folder);
        await using var node = await StartAsync(new NodePlaces(Checkpoints: _disk.Folder, ControlLog: Path.Combine(_folder, "control.db")));
        var jobId = await node.SubmitAsync(copy.Job(2, rowsPerSecond: 10_000, "checkpoint.interval = 60, job.retry.times = 2, job.retry.interval.seconds = 0"));
        await UntilAsync(async () => (await copy.To.SeenAsync()).Count > 0);
        _disk.Fill(room: 0);
        var failed = await node.FailureOfAsync(jobId);
        failed.ShouldMatch(@"ErrorCode:\[CHUNNEL-6[01]\]");
        failed.ShouldContain(_disk.Folder);
        failed.ShouldContain("No space left on device");
        failed.ShouldContain("has room");
        (await copy.To.SeenAsync()).Count.ShouldBeLessThan(Rows);
        _disk.Free();
        await node.SubmitAsync(copy.Job(2), $"&jobId={jobId}&isStartWithSavePoint=true");
        (await node.EndOfAsync(jobId)).ShouldBe("FINISHED");
        await copy.CheckAsync();
    }

    /// <summary>Nothing is decided meanwhile, and nothing has to be done: the node goes on by itself.</summary>
    [Fact]
    [Fault("The disk is full: the control log", "while the job runs; later there is room again", "nothing is decided meanwhile; the node goes on by itself; exactly the rows of the source")]
    public async Task The_disk_of_the_control_log()
    {
        var copy = await SetUpAsync(_folder);
        await using var node = await StartAsync(new NodePlaces(ControlLog: Path.Combine(_disk.Folder, "control.db")));
        var jobId = await node.SubmitAsync(copy.Job(2, rowsPerSecond: 10_000));
        await UntilAsync(async () => (await copy.To.SeenAsync()).Count > 0);
        _disk.Fill(room: 0);
        await UntilAsync(() => LogsSay(Path.Combine(_disk.Folder, "control.db") + ": SQLite Error 13: 'database or disk is full'"));
        LogsSay("Make room on the disk: the node goes on by itself.").ShouldBeTrue();
        // The readers go on to the end of the source; then nothing but the decision is missing.
        await UntilAsync(async () => (await node.MetricsOfAsync(jobId)).GetProperty("SourceReceivedCount").GetString() == Rows.ToString(CultureInfo.InvariantCulture));
        (await node.StatusAsync(jobId)).ShouldBe("RUNNING");
        var target = (FileEnd)copy.To;
        var undecided = target.Undecided();
        undecided.Count.ShouldBe(4, "each writer has prepared what the checkpoint covers, and has written what comes behind it");
        undecided.SelectMany(target.PlacedBy).ShouldBeEmpty("nothing is visible that was not decided");
        _disk.Free();
        (await node.EndOfAsync(jobId)).ShouldBe("FINISHED");
        await copy.CheckAsync();
    }

    public void Dispose()
    {
        _disk.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<ServerProgram> StartAsync(NodePlaces places)
    {
        var node = await ServerProgram.StartAsync(_folder, failPoints: null, places with { Around = _disk.Around });
        _disk.Within(node);
        return node;
    }

    private async Task<Copying> SetUpAsync(string target)
    {
        var copy = new Copying(new FileEnd(Path.Combine(_folder, "in")), new FileEnd(Path.Combine(target, "out"), seen: _disk.Seen), Rows);
        await copy.SetUpAsync();
        return copy;
    }

    private bool LogsSay(string text) => Directory.EnumerateFiles(Path.Combine(_folder, "logs"), "*", SearchOption.AllDirectories).Any(file =>
    {
        using var log = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return log.ReadToEnd().Contains(text, StringComparison.Ordinal);
    });

    private static Task UntilAsync(Func<bool> isSo) => UntilAsync(() => Task.FromResult(isSo()));

    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        while (!await isSo()) await Task.Delay(20, patience.Token);
    }
}
