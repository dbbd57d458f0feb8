using Chunnel.Control.Tests.Simulation.Mutants;
using Chunnel.Control.Tests.Simulation.SlotMutants;

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
        [nameof(StartsAfreshAfterACrash)] = () => new StartsAfreshAfterACrash(),
        [nameof(ForgetsOrders)] = () => new ForgetsOrders(),
        [nameof(ForgetsPassingSavepoints)] = () => new ForgetsPassingSavepoints(),
        [nameof(CountsAttemptsAnew)] = () => new CountsAttemptsAnew(),
        [nameof(CompletesUnstored)] = () => new CompletesUnstored(),
        [nameof(KeepsOldParts)] = () => new KeepsOldParts(),
        [nameof(LeavesPrepared)] = () => new LeavesPrepared(),
        [nameof(OverlooksDamage)] = () => new OverlooksDamage(),
        [nameof(ForgetsChanges)] = () => new ForgetsChanges(),
        [nameof(TakesSlotsOfTheLost)] = () => new TakesSlotsOfTheLost(),
    };

    private static readonly Dictionary<string, Func<SlotBrain>> _wrongSlots = new()
    {
        [nameof(GivesTwice)] = () => new GivesTwice(),
        [nameof(KeepsWhatComesBack)] = () => new KeepsWhatComesBack(),
        [nameof(BelievesLateReleases)] = () => new BelievesLateReleases(),
        [nameof(GivesWhatThereIs)] = () => new GivesWhatThereIs(),
        [nameof(ServesTheSmallFirst)] = () => new ServesTheSmallFirst(),
        [nameof(OverlooksTags)] = () => new OverlooksTags(),
        [nameof(TrustsTheDead)] = () => new TrustsTheDead(),
        [nameof(BelievesEarlierProcesses)] = () => new BelievesEarlierProcesses(),
        [nameof(KeepsWhoLeft)] = () => new KeepsWhoLeft(),
        [nameof(SaysNothing)] = () => new SaysNothing(),
        [nameof(ForgetsTheQueue)] = () => new ForgetsTheQueue(),
        [nameof(AnswersAnew)] = () => new AnswersAnew(),
    };

    [Theory]
    [InlineData(nameof(AcceptsOldAttempts), "S4 S1 S6 start L1 L2")]
    [InlineData(nameof(IgnoresCancelWhilePending), "L2")]
    [InlineData(nameof(StoresTheParent), "S5")]
    [InlineData(nameof(ForgetsSlots), "S6 L1")]
    [InlineData(nameof(ActsBeforePersisting), "persist first")]
    [InlineData(nameof(RevivesJobs), "S5")]
    [InlineData(nameof(IgnoresDeadlines), "L1 L2 L3")]
    [InlineData(nameof(CompletesTooEarly), "S1")]
    [InlineData(nameof(StartsTooEarly), "start")]
    [InlineData(nameof(RestoresTooOften), "retry")]
    [InlineData(nameof(StartsAfreshAfterACrash), "S2 S3")]
    [InlineData(nameof(ForgetsOrders), "L2")]
    [InlineData(nameof(ForgetsPassingSavepoints), "L2")]
    [InlineData(nameof(CountsAttemptsAnew), "S4 S1 S2")]
    [InlineData(nameof(CompletesUnstored), "persist first")]
    [InlineData(nameof(KeepsOldParts), "S7")]
    [InlineData(nameof(LeavesPrepared), "S8")]
    [InlineData(nameof(OverlooksDamage), "S9")]
    [InlineData(nameof(ForgetsChanges), "L1 L3 schema")]
    [InlineData(nameof(TakesSlotsOfTheLost), "S6")]
    public void A_wrong_core_is_caught(string core, string brokenPromises) => Catch(core, brokenPromises, seed => Simulator.Run(seed, _wrongCores[core]()));

    [Theory]
    [InlineData(nameof(GivesTwice), "S6")]
    [InlineData(nameof(KeepsWhatComesBack), "S6")]
    [InlineData(nameof(BelievesLateReleases), "S6")]
    [InlineData(nameof(GivesWhatThereIs), "all or nothing")]
    [InlineData(nameof(ServesTheSmallFirst), "FIFO")]
    [InlineData(nameof(OverlooksTags), "tags")]
    [InlineData(nameof(TrustsTheDead), "S6")]
    [InlineData(nameof(BelievesEarlierProcesses), "S6")]
    [InlineData(nameof(KeepsWhoLeft), "queue")]
    [InlineData(nameof(SaysNothing), "L1")]
    [InlineData(nameof(ForgetsTheQueue), "L1")]
    [InlineData(nameof(AnswersAnew), "S6")]
    public void Wrong_slots_are_caught(string slots, string brokenPromises) => Catch(slots, brokenPromises, seed => Simulator.Run(seed, slotBrain: _wrongSlots[slots]()));

    [Fact]
    public void Every_wrong_core_is_tried()
    {
        _wrongCores.Keys.ShouldBe(Subclasses(typeof(Brain)), ignoreOrder: true);
        _wrongSlots.Keys.ShouldBe(Subclasses(typeof(SlotBrain)), ignoreOrder: true);
    }

    private static IEnumerable<string> Subclasses(Type brain) => brain.Assembly.GetTypes().Where(type => type.IsSubclassOf(brain)).Select(type => type.Name);

    private void Catch(string wrong, string brokenPromises, Action<int> run)
    {
        for (var seed = 0; seed < MostSeeds; seed++)
        {
            if (Caught(seed, run) is not { } invariant) continue;
            output.WriteLine($"{wrong}: caught by seed {seed} as {invariant}");
            brokenPromises.ShouldContain(invariant);
            return;
        }
        Assert.Fail($"{wrong} got past {MostSeeds} seeds.");
    }

    private static string? Caught(int seed, Action<int> run)
    {
        try
        {
            run(seed);
            return null;
        }
        catch (SimulationException caught)
        {
            return caught.Invariant;
        }
    }
}
