using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Chunnel.Control.Tests.Simulation.Mutants;

namespace Chunnel.Control.Tests.Simulation;

/// <summary>architecture.md section 6 under a network, workers, disks and users that do their worst. S10 is no matter of the core; S11 is the order in which rows are shown.</summary>
public sealed class SimulationTests(ITestOutputHelper output)
{
    private const int Seeds = 100_000;

    /// <summary>
    /// Found by long runs. 352264: an order to a process that had died reached the next one on that node, which began the group afresh.
    /// 144707: a barrier that overtook the start of its head was lost, again and again, and each time cost the attempt.
    /// </summary>
    private static readonly int[] _failedOnce = [352_264, 144_707];

    [Fact, Trait("spec", "architecture.md 6: S1 S2 S3 S4 S5 S6 S7 S8 S9 S11 L1 L2 L3")]
    public void Whatever_happens_the_promises_hold()
    {
        if (Environment.GetEnvironmentVariable("CHUNNEL_SEED") is { Length: > 0 } one)
        {
            Replay(int.Parse(one, CultureInfo.InvariantCulture));
            return;
        }
        var seeds = Environment.GetEnvironmentVariable("CHUNNEL_SEEDS") is { Length: > 0 } given ? int.Parse(given, CultureInfo.InvariantCulture) : Seeds;
        var watch = Stopwatch.StartNew();
        var endings = new ConcurrentDictionary<JobStatus, long>();
        var decisions = 0L;
        var failed = new ConcurrentBag<int>();
        foreach (var seed in _failedOnce) Simulator.Run(seed, keepsTrace: true);
        Parallel.For(0, seeds, (seed, loop) =>
        {
            if (Try(seed) is not { } result)
            {
                failed.Add(seed);
                loop.Break();    // those before it are still tried: the first that fails is the same in every run
                return;
            }
            Interlocked.Add(ref decisions, result.Decisions);
            foreach (var ending in result.Endings) endings.AddOrUpdate(ending, 1, (_, count) => count + 1);
        });
        output.WriteLine($"{seeds} seeds, {decisions} decisions in {watch.Elapsed.TotalSeconds:0.0} s; {string.Join(", ", endings.OrderBy(entry => entry.Key).Select(entry => $"{entry.Key.Name} {entry.Value}"))}");
        if (!failed.IsEmpty) Simulator.Run(failed.Min(), keepsTrace: true);    // again, so that the message shows how it came about
        failed.ShouldBeEmpty();
        endings.Keys.ShouldBe([JobStatus.Failed, JobStatus.SavepointDone, JobStatus.Canceled, JobStatus.Finished], ignoreOrder: true);
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

    [Fact, Trait("spec", "architecture.md 6: S12")]
    public void A_seed_that_fails_fails_again_with_the_same_trace()
    {
        var seed = Enumerable.Range(0, 1_000).First(candidate => Failure(candidate) is not null);
        var (once, again) = (Failure(seed)!, Failure(seed)!);
        once.Trace.ShouldNotBeEmpty();
        again.Trace.ShouldBe(once.Trace);
        again.Message.ShouldBe(once.Message);
        once.Message.ShouldContain($"CHUNNEL_SEED={seed}");

        static SimulationException? Failure(int seed)
        {
            try
            {
                Simulator.Run(seed, new ForgetsOrders(), keepsTrace: true);
                return null;
            }
            catch (SimulationException failed)
            {
                return failed;
            }
        }
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

    private static SimulationResult? Try(int seed)
    {
        try
        {
            return Simulator.Run(seed);
        }
        catch (SimulationException)
        {
            return null;
        }
    }
}
