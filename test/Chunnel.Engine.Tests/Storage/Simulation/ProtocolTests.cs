using System.Globalization;

namespace Chunnel.Engine.Tests.Storage;

/// <summary>
/// Thousands of schedules on the real code, each from its seed. More of them: <c>CHUNNEL_SCHEDULES=100000</c>, others:
/// <c>CHUNNEL_SEED=5000000</c>.
/// </summary>
public sealed class ProtocolTests(ITestOutputHelper output)
{
    private static int Schedules => Setting("CHUNNEL_SCHEDULES", 3_000);

    private static int FirstSeed => Setting("CHUNNEL_SEED", 0);

    [Fact]
    public void Whatever_happens_nothing_acknowledged_is_lost_and_a_lone_node_wins()
    {
        var (masters, acknowledgements, deep) = (0, 0, 0);
        for (var seed = FirstSeed; seed < FirstSeed + Schedules; seed++)
        {
            var schedule = Run(seed, mutant: "");
            schedule.Violation.ShouldBeNull($"CHUNNEL_SEED={seed} CHUNNEL_SCHEDULES=1 shows it again");
            masters += schedule.Masters;
            acknowledgements += schedule.Acknowledgements;
            if (schedule.Masters >= 5) deep++;
        }
        output.WriteLine($"{Schedules} schedules: {masters} masters, {acknowledgements} acknowledged records, {deep} schedules with 5 or more masters");
        // A test that runs nothing proves nothing.
        masters.ShouldBeGreaterThan(Schedules * 3);
        acknowledgements.ShouldBeGreaterThan(Schedules * 5);
    }

    [Theory]
    [InlineData("NoSeal")]
    [InlineData("NoChain")]
    [InlineData("NoOpen")]
    [InlineData("CleansSeals")]
    [InlineData("CleansItsOwn")]
    [InlineData("TailBlind")]
    public void A_protocol_that_lacks_a_step_is_caught(string mutant)
    {
        for (var seed = FirstSeed; seed < FirstSeed + Schedules; seed++)
        {
            if (Run(seed, mutant).Violation is not { } violation) continue;
            output.WriteLine($"seed {seed}: {violation}");
            return;
        }
        Assert.Fail($"{Schedules} schedules did not show what is wrong with {mutant}.");
    }

    /// <summary>S12.</summary>
    [Fact]
    public void The_same_seed_runs_the_same()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var (one, other) = (Run(seed, mutant: ""), Run(seed, mutant: ""));
            (other.Store.Trace, other.Masters, other.Acknowledgements).ShouldBe((one.Store.Trace, one.Masters, one.Acknowledgements));
        }
    }

    private static SimulatedSchedule Run(int seed, string mutant)
    {
        var schedule = new SimulatedSchedule(seed, (store, settings) => ProtocolMutants.Make(mutant, store, settings));
        schedule.Run();
        return schedule;
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : otherwise;
}
