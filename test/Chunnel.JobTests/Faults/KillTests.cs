using System.Globalization;

namespace Chunnel.JobTests;

/// <summary>
/// kill -9 on a real node, again and again, at moments that a seed chooses, until the job is done; then the target is looked at from
/// outside: exactly the rows of the source (architecture.md 6: S1, S2).
/// </summary>
public sealed class KillTests(ITestOutputHelper output) : IDisposable
{
    private readonly NumberedFiles _files = new(count: 3, rowsPerFile: 12_000);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>How often the node is killed; more in a soak.</summary>
    private static int Kills => int.TryParse(Environment.GetEnvironmentVariable("CHUNNEL_KILLS"), CultureInfo.InvariantCulture, out var kills) ? kills : 12;

    private static int Seed => int.TryParse(Environment.GetEnvironmentVariable("CHUNNEL_SEED"), CultureInfo.InvariantCulture, out var seed) ? seed : Environment.TickCount;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Files_into_files_through_any_number_of_kills(int parallelism)
    {
        var seed = Seed;
        output.WriteLine($"CHUNNEL_SEED={seed}");
        var dice = new Random(seed);
        await _files.WriteAsync();
        // slow enough that the kills meet it at work
        var rowsPerSecond = Math.Max(_files.Rows / Math.Max(Kills / 4, 1) / parallelism, 500);
        var job = _files.Job($"parallelism = {parallelism}, checkpoint.interval = 60, read_limit.rows_per_second = {rowsPerSecond}");
        var node = await ServerProgram.StartAsync(_files.Folder);
        try
        {
            var jobId = await node.SubmitAsync(job);
            var kills = 0;
            while (kills < Kills)
            {
                await Task.Delay(dice.Next(20, 500), Stop);
                var isOver = await node.StatusAsync(jobId) is not ("RUNNING" or "INITIALIZING" or "CREATED" or "PENDING" or "SCHEDULED");
                await node.KillAsync();
                await node.DisposeAsync();
                kills++;
                node = await ServerProgram.StartAsync(_files.Folder);
                if (isOver) break;
            }
            output.WriteLine($"killed {kills} times");
            (await node.EndOfAsync(jobId)).ShouldBe("FINISHED");
        }
        finally
        {
            await node.DisposeAsync();
        }
        _files.Check();
    }

    public void Dispose() => _files.Dispose();
}
