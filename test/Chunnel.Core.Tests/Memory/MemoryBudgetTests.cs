namespace Chunnel.Core.Tests;

/// <summary>data-path.md 6: waiting for memory is back-pressure (invariant R3).</summary>
public sealed class MemoryBudgetTests
{
    private const long MiB = 1 << 20;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task A_source_waits_until_memory_comes_back()
    {
        var budget = new MemoryBudget("job", 4 * MiB);
        budget.Charge(4 * MiB);
        var waiting = budget.WaitForRoomAsync(MiB, CancellationToken.None).AsTask();
        waiting.IsCompleted.ShouldBeFalse();
        budget.Credit(MiB);
        await waiting.WaitAsync(Patience, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_job_waits_for_the_node_too()
    {
        var node = new MemoryBudget("node", 4 * MiB);
        var job = new MemoryBudget("job", 100 * MiB, node);
        job.Charge(4 * MiB);
        node.InUseBytes.ShouldBe(4 * MiB);
        var waiting = job.WaitForRoomAsync(MiB, CancellationToken.None).AsTask();
        waiting.IsCompleted.ShouldBeFalse();
        job.Credit(4 * MiB);
        await waiting.WaitAsync(Patience, TestContext.Current.CancellationToken);
        node.InUseBytes.ShouldBe(0);
    }

    [Fact]
    public async Task A_wait_for_memory_ends_when_it_is_told_to()
    {
        var budget = new MemoryBudget("job", MiB);
        budget.Charge(MiB);
        using var stop = new CancellationTokenSource();
        var waiting = budget.WaitForRoomAsync(1, stop.Token).AsTask();
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(waiting);
    }

    [Fact]
    public async Task A_request_beyond_the_limit_gets_an_empty_budget()
    {
        var budget = new MemoryBudget("small", MiB);
        await budget.WaitForRoomAsync(100 * MiB, CancellationToken.None).AsTask().WaitAsync(Patience, TestContext.Current.CancellationToken);
    }

    /// <summary>What is kept does not come back by waiting: where nothing else is in use, one more must flow, or all would wait for ever.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Nobody_waits_for_what_is_kept(bool keptLast)
    {
        var node = new MemoryBudget("node", 4 * MiB);
        var budget = new MemoryBudget("job", 4 * MiB, node);
        budget.Charge(5 * MiB);
        if (!keptLast) budget.Keep(4 * MiB);
        var waiting = budget.WaitForRoomAsync(MiB, CancellationToken.None).AsTask();
        waiting.IsCompleted.ShouldBeFalse();
        if (keptLast) budget.Keep(5 * MiB);
        else budget.Credit(MiB);
        await waiting.WaitAsync(Patience, TestContext.Current.CancellationToken);
        budget.LetGo(keptLast ? 5 * MiB : 4 * MiB);
        (budget.KeptBytes, node.KeptBytes).ShouldBe((0, 0));
    }

    [Fact]
    public void Half_of_the_limit_may_be_kept_here_and_in_the_parent()
    {
        var node = new MemoryBudget("node", 10 * MiB);
        var (one, other) = (new MemoryBudget("one", 8 * MiB, node), new MemoryBudget("other", 8 * MiB, node));
        one.MayKeep(4 * MiB).ShouldBeTrue();
        one.MayKeep(4 * MiB + 1).ShouldBeFalse();
        one.Keep(4 * MiB);
        other.MayKeep(MiB).ShouldBeTrue();
        other.MayKeep(MiB + 1).ShouldBeFalse();
    }

    [Fact]
    public void What_flows_may_overdraw_a_quarter_and_then_fails_with_the_cure()
    {
        var node = new MemoryBudget("node", 1000 * MiB);
        var job = new MemoryBudget("job 7", 100 * MiB, node);
        job.Charge(125 * MiB);
        var refused = Should.Throw<ChunnelException>(() => job.Charge(1));
        refused.Code.Id.ShouldBe("CHUNNEL-01");
        refused.Message.ShouldContain("job 7");
        refused.Mend.ShouldNotBeNull();

        // What was refused is charged nowhere.
        job.InUseBytes.ShouldBe(125 * MiB);
        node.InUseBytes.ShouldBe(125 * MiB);
        job.Credit(125 * MiB);
        node.InUseBytes.ShouldBe(0);
        job.PeakBytes.ShouldBe(125 * MiB);
    }

    [Fact]
    public void A_job_that_the_node_refuses_is_charged_nothing()
    {
        var node = new MemoryBudget("node", 10 * MiB);
        var job = new MemoryBudget("job", 1000 * MiB, node);
        Should.Throw<ChunnelException>(() => job.Charge(100 * MiB));
        job.InUseBytes.ShouldBe(0);
        node.InUseBytes.ShouldBe(0);
    }

    [Fact]
    public async Task Many_waiters_all_get_their_turn()
    {
        var budget = new MemoryBudget("job", 8 * MiB);
        var workers = Enumerable.Range(0, 16).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < 500; i++)
            {
                await budget.WaitForRoomAsync(MiB, CancellationToken.None);
                budget.Charge(MiB / 2);
                await Task.Yield();
                budget.Credit(MiB / 2);
            }
        })).ToArray();
        await Task.WhenAll(workers).WaitAsync(Patience, TestContext.Current.CancellationToken);
        budget.InUseBytes.ShouldBe(0);
    }
}
