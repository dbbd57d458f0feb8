using System.Globalization;

namespace Chunnel.JobTests;

/// <summary>
/// kill -9 on a real node, again and again, at moments that a seed chooses: at work, and while it starts. Whenever the job is done, the target is
/// looked at from outside and compared with what the job says it did, and the next job begins, until the node has died as often as it should.
/// </summary>
internal sealed class KillLoop : IDisposable
{
    /// <summary>Pairs of ends that share the kills.</summary>
    public const int Shares = 8;

    /// <summary>One start in so many is cut short.</summary>
    private const int StartsCut = 8;

    /// <summary>A job is slow enough for so many deaths; then the next one begins.</summary>
    private const int KillsOfJob = 30;

    /// <summary>What a node lives at work, about.</summary>
    private const double SecondsOfLife = 0.25;

    private readonly ITestOutputHelper _output;
    private readonly Random _dice;

    public KillLoop(ITestOutputHelper output)
    {
        _output = output;
        _dice = Chance.New(output);
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("chunnel-kill-").FullName;

    /// <summary>How often nodes are killed in a run of all these tests; more in a soak.</summary>
    private static int Kills { get; } = (int.TryParse(Environment.GetEnvironmentVariable("CHUNNEL_KILLS"), CultureInfo.InvariantCulture, out var kills) ? kills : 208) / Shares;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async Task RunAsync(Copying copy, int parallelism)
    {
        var (killed, jobs) = (0, 0);
        while (killed < Kills)
        {
            killed += await RunJobAsync(copy, parallelism, Kills - killed);
            jobs++;
        }
        _output.WriteLine($"killed {killed} times over {jobs} jobs");
        killed.ShouldBe(Kills);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    /// <summary>One job to its end; the deaths on its way.</summary>
    private async Task<int> RunJobAsync(Copying copy, int parallelism, int most)
    {
        await copy.SetUpAsync();
        var node = await ServerProgram.StartAsync(Folder);
        try
        {
            var jobId = await node.SubmitAsync(copy.Job(parallelism, (int)(copy.Rows / (Math.Min(most, KillsOfJob) * SecondsOfLife))));
            var killed = 0;
            while (killed < most)
            {
                await Task.Delay(_dice.Next(20, 500), Stop);
                var isOver = await node.StatusAsync(jobId) is "FINISHED";
                await node.KillAsync();
                await node.DisposeAsync();
                killed++;
                while (killed < most && _dice.Next(StartsCut) == 0)
                {
                    await ServerProgram.StartAndKillAsync(Folder, TimeSpan.FromMilliseconds(_dice.Next(50, 500)));
                    killed++;
                }
                node = await ServerProgram.StartAsync(Folder);
                if (isOver) break;
            }
            (await node.EndOfAsync(jobId)).ShouldBe("FINISHED");
            await copy.CheckAsync();
            copy.CheckCounts(await node.MetricsOfAsync(jobId));
            return killed;
        }
        finally
        {
            await node.DisposeAsync();
        }
    }
}
