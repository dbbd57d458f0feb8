using Chunnel.Control.Tests.Simulation.Mutants;

namespace Chunnel.Control.Tests.Simulation;

/// <summary>The checks of the simulator can fail: cores that are wrong on purpose do not get past them.</summary>
public sealed class MutationTests(ITestOutputHelper output)
{
    private const int MostSeeds = 3_000;

    private static readonly Dictionary<string, Func<Brain>> _wrongCores = new()
    {
        [nameof(AcceptsOldAttempts)] = () => new AcceptsOldAttempts(),
        [nameof(IgnoresCancelWhilePending)] = () => new IgnoresCancelWhilePending(),
        [nameof(StoresTheParent)] = () => new StoresTheParent(),
        [nameof(ForgetsSlots)] = () => new ForgetsSlots(),
        [nameof(ActsBeforePersisting)] = () => new ActsBeforePersisting(),
        [nameof(RevivesJobs)] = () => new RevivesJobs(),
        [nameof(IgnoresDeadlines)] = () => new IgnoresDeadlines(),
        [nameof(CompletesTooEarly)] = () => new CompletesTooEarly(),
        [nameof(StartsTooEarly)] = () => new StartsTooEarly(),
        [nameof(RestoresTooOften)] = () => new RestoresTooOften(),
    };

    [Theory]
    [InlineData(nameof(AcceptsOldAttempts), "S4 S1 S6 start L1 L2")]
    [InlineData(nameof(IgnoresCancelWhilePending), "L2")]
    [InlineData(nameof(StoresTheParent), "S5")]
    [InlineData(nameof(ForgetsSlots), "S6 L1")]
    [InlineData(nameof(ActsBeforePersisting), "persist first")]
    [InlineData(nameof(RevivesJobs), "S5")]
    [InlineData(nameof(IgnoresDeadlines), "L1 L2")]
    [InlineData(nameof(CompletesTooEarly), "S1")]
    [InlineData(nameof(StartsTooEarly), "start")]
    [InlineData(nameof(RestoresTooOften), "retry")]
    public void A_wrong_core_is_caught(string core, string brokenPromises)
    {
        for (var seed = 0; seed < MostSeeds; seed++)
        {
            if (Caught(seed, _wrongCores[core]()) is not { } invariant) continue;
            output.WriteLine($"{core}: caught by seed {seed} as {invariant}");
            brokenPromises.ShouldContain(invariant);
            return;
        }
        Assert.Fail($"{core} got past {MostSeeds} seeds.");
    }

    [Fact]
    public void Every_wrong_core_is_tried() =>
        _wrongCores.Keys.ShouldBe(typeof(Brain).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Brain))).Select(type => type.Name), ignoreOrder: true);

    private static string? Caught(int seed, Brain core)
    {
        try
        {
            Simulator.Run(seed, core);
            return null;
        }
        catch (SimulationException caught)
        {
            return caught.Invariant;
        }
    }
}
