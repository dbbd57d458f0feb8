using Chunnel.TestKit;

namespace Chunnel.JobTests;

/// <summary>
/// A node is stopped as a whole (SIGSTOP), longer than its checkpoints may take, and wakes up without knowing that it slept; meanwhile another
/// node may have taken over (architecture.md 6: S1, S2, S4).
/// </summary>
public sealed class SleepTests(ITestOutputHelper output) : IDisposable
{
    private const string Env = "checkpoint.interval = 60, checkpoint.timeout = 1000, job.retry.times = 100, job.retry.interval.seconds = 0";

    private static readonly TimeSpan _longSleep = TimeSpan.FromSeconds(1.5);

    private readonly string _folder = Directory.CreateTempSubdirectory("chunnel-sleep-").FullName;
    private readonly Random _dice = Chance.New(output);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string ControlFolder => Path.Combine(_folder, "checkpoints", ".control");

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [Fault("SIGSTOP of the node, then SIGCONT", "for longer than its checkpoints may take")]
    public async Task A_node_that_slept_goes_on(int parallelism)
    {
        var copy = await SetUpAsync(20_000);
        await using var node = await ServerProgram.StartAsync(_folder);
        var jobId = await node.SubmitAsync(copy.Job(parallelism, rowsPerSecond: 5_000, Env));
        for (var sleep = 0; sleep < 4; sleep++)
        {
            await Task.Delay(_dice.Next(50, 600), Stop);
            await node.SignalAsync("STOP");
            await Task.Delay(_longSleep, Stop);
            await node.SignalAsync("CONT");
        }
        (await node.EndOfAsync(jobId)).ShouldBe("FINISHED");
        await copy.CheckAsync();
    }

    [Fact]
    [Fault("A second node is started on the same storage", "while the first one sleeps", "the second does not start and says why; exactly the rows of the source")]
    public async Task A_second_node_on_the_same_place_does_not_start_while_the_first_one_sleeps()
    {
        var copy = await SetUpAsync(5_000);
        await using var node = await ServerProgram.StartAsync(_folder);
        var jobId = await node.SubmitAsync(copy.Job(2, rowsPerSecond: 5_000, Env));
        await Task.Delay(300, Stop);
        await node.SignalAsync("STOP");
        var refused = (await Should.ThrowAsync<InvalidOperationException>(() => ServerProgram.StartAsync(_folder))).Message;
        refused.ShouldContain("ErrorCode:[CHUNNEL-68]");
        refused.ShouldContain(ControlFolder);
        refused.ShouldContain("give this one a place of its own");
        await node.SignalAsync("CONT");
        (await node.EndOfAsync(jobId)).ShouldBe("FINISHED");
        await copy.CheckAsync();
    }

    /// <summary>As on a disk that two hosts share: the lock of the one does not hold up the other, and the log alone decides.</summary>
    [Fact]
    [Fault("A second node takes the control log over", "while the first one sleeps, as on a disk whose locks do not reach other hosts; from files into files", "the first one stops when it wakes up; exactly the rows of the source")]
    public Task Who_slept_while_another_node_took_its_log_over_decides_nothing_more() => TakenOverAsync(new FileEnd(Path.Combine(_folder, "out")));

    [Fact]
    [Fault("A second node takes the control log over", "while the first one sleeps, as on a disk whose locks do not reach other hosts; from files into PostgreSQL", "the first one stops when it wakes up; " + FaultMatrix.NothingPrepared)]
    public async Task Who_slept_while_another_node_took_its_log_over_leaves_nothing_prepared()
    {
        if (PostgresServer.Missing is { } missing) Assert.Skip(missing);
        await using var database = await (await PostgresServer.SharedAsync(Stop)).DatabaseAsync(Stop);
        await TakenOverAsync(new PostgresEnd(database, "target"));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task TakenOverAsync(INumberedTarget target)
    {
        var copy = await SetUpAsync(30_000, target);
        var first = await ServerProgram.StartAsync(_folder);
        var jobId = await first.SubmitAsync(copy.Job(2, rowsPerSecond: 5_000, "checkpoint.interval = 300, job.retry.interval.seconds = 0"));
        await using var second = await TakeOverAsync(first);
        // Both have the job in hand from here on.
        await first.SignalAsync("CONT");
        var said = await first.FailsAsync();
        said.ShouldContain("ErrorCode:[CHUNNEL-69]");
        said.ShouldContain("Another node has opened the control log");
        await first.DisposeAsync();
        (await second.EndOfAsync(jobId)).ShouldBe("FINISHED");
        await copy.CheckAsync();
    }

    private async Task<Copying> SetUpAsync(int rows, INumberedTarget? target = null)
    {
        var copy = new Copying(new FileEnd(Path.Combine(_folder, "in")), target ?? new FileEnd(Path.Combine(_folder, "out")), rows);
        await copy.SetUpAsync();
        return copy;
    }

    /// <summary>Whoever is put to sleep in the middle of a commit keeps SQLite's lock, as no other host could: then it may finish that first.</summary>
    private async Task<ServerProgram> TakeOverAsync(ServerProgram first)
    {
        while (true)
        {
            await Task.Delay(_dice.Next(400, 900), Stop);
            await first.SignalAsync("STOP");
            File.Delete(Directory.GetFiles(ControlFolder, "*.lock").ShouldHaveSingleItem());
            try
            {
                return await ServerProgram.StartAsync(_folder);
            }
            catch (Exception locked) when (locked is OperationCanceledException || locked.Message.Contains("locked", StringComparison.Ordinal))
            {
                output.WriteLine("slept within a commit");
                await first.SignalAsync("CONT");
            }
        }
    }
}
