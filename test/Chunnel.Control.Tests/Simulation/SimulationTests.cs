using System.Globalization;

namespace Chunnel.Control.Tests.Simulation;

/// <summary>architecture.md section 6: S4, S5, S6, S12, L1, L2 under a network, workers and users that do their worst.</summary>
public sealed class SimulationTests(ITestOutputHelper output)
{
    private const int Seeds = 10_000;

    [Fact, Trait("spec", "architecture.md 6: S4 S5 S6 L1 L2")]
    public void Whatever_happens_the_promises_hold()
    {
        if (Environment.GetEnvironmentVariable("CHUNNEL_SEED") is { Length: > 0 } one)
        {
            Replay(int.Parse(one, CultureInfo.InvariantCulture));
            return;
        }
        var cpuBefore = Environment.CpuUsage.TotalTime;
        var endings = new Dictionary<JobStatus, int>();
        var decisions = 0L;
        for (var seed = 0; seed < Seeds; seed++)
        {
            var result = RunOrShow(seed);
            decisions += result.Decisions;
            foreach (var ending in result.Endings) endings[ending] = endings.GetValueOrDefault(ending) + 1;
        }
        var cpu = Environment.CpuUsage.TotalTime - cpuBefore;    // of all tests that run beside this one, too; a wall clock would measure the neighbours
        output.WriteLine($"{Seeds} seeds, {decisions} decisions in {cpu.TotalSeconds:0.0} s; {string.Join(", ", endings.OrderBy(entry => entry.Key).Select(entry => $"{entry.Key.Name} {entry.Value}"))}");
        endings.Keys.ShouldBe([JobStatus.Failed, JobStatus.SavepointDone, JobStatus.Canceled, JobStatus.Finished], ignoreOrder: true);
        cpu.ShouldBeLessThan(TimeSpan.FromMinutes(1));
    }

    [Fact, Trait("spec", "architecture.md 6: S12")]
    public void The_same_seed_gives_the_same_trace()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var once = Simulator.Run(seed, keepsTrace: true);
            var again = Simulator.Run(seed, keepsTrace: true);
            again.Trace.ShouldBe(once.Trace);
            again.Fingerprint.ShouldBe(Simulator.Run(seed).Fingerprint);
        }
        Enumerable.Range(0, 200).Select(seed => Simulator.Run(seed).Fingerprint).Distinct().Count().ShouldBe(200);
    }

    /// <summary>Shows the whole trace of one seed, also of one that fails.</summary>
    private void Replay(int seed)
    {
        try
        {
            output.WriteLine(string.Join('\n', Simulator.Run(seed, keepsTrace: true).Trace));
        }
        catch (SimulationException failed)
        {
            output.WriteLine(string.Join('\n', failed.Trace));
            throw;
        }
    }

    /// <summary>A failing seed is run again with its trace, so that the message shows how it came about.</summary>
    private static SimulationResult RunOrShow(int seed)
    {
        try
        {
            return Simulator.Run(seed);
        }
        catch (SimulationException)
        {
            Simulator.Run(seed, keepsTrace: true);
            throw;
        }
    }
}
