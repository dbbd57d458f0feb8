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
