namespace Chunnel.Core.Tests;

/// <summary>data-path.md 1.2 and 6: blocks, slabs, budgets.</summary>
public sealed class BlockPoolTests
{
    [Theory]
    [InlineData(0, 4096)]
    [InlineData(1, 4096)]
    [InlineData(4096, 4096)]
    [InlineData(4097, 8192)]
    [InlineData(1 << 20, 1 << 20)]
    [InlineData((1 << 20) + 1, (1 << 20) + 1)]
    public unsafe void A_block_is_as_long_as_its_class_aligned_and_has_slack(int asked, int length)
    {
        var memory = BatchMemory.Unlimited();
        var block = memory.Rent(asked);
        block.Length.ShouldBe(length);
        block.GetSpan().Length.ShouldBe(length);
        block.SpanWithSlack.Length.ShouldBe(length + Block.SlackBytes);
        if (length > 4096) ((nint)block.Pointer % 64).ShouldBe(0);
        memory.Budget.InUseBytes.ShouldBe(length);
        block.Release();
        memory.Budget.InUseBytes.ShouldBe(0);
    }

    [Fact]
    public void Blocks_of_a_slab_do_not_touch_each_other()
    {
        var memory = BatchMemory.Unlimited();
        var blocks = Enumerable.Range(0, 300).Select(_ => memory.Rent(4096)).ToList();
        for (var i = 0; i < blocks.Count; i++) blocks[i].SpanWithSlack.Fill((byte)i);
        for (var i = 0; i < blocks.Count; i++) blocks[i].SpanWithSlack.IndexOfAnyExcept((byte)i).ShouldBe(-1);
        blocks.ForEach(block => block.Release());
    }

    [Fact]
    public void A_released_block_is_used_again_and_counts_a_new_life()
    {
        var memory = BatchMemory.Unlimited();
        var block = memory.Rent(5000);
        var generation = block.Generation;
        block.Release();
        var again = memory.Rent(5000);
        again.ShouldBeSameAs(block);
        again.Generation.ShouldBe(generation + 1);
        again.Release();
    }

    [Fact]
    public void A_block_released_too_often_or_held_after_its_end_is_noticed()
    {
        var held = BatchMemory.Unlimited().Rent(2 << 20);
        held.Release();
        Should.Throw<BrokenBeliefException>(held.Retain);

        var released = BatchMemory.Unlimited().Rent(2 << 20);
        released.Release();
        Should.Throw<BrokenBeliefException>(released.Release);
    }

    [Fact]
    public unsafe void Pinning_holds_and_unpinning_releases()
    {
        var memory = BatchMemory.Unlimited();
        var block = memory.Rent(100);
        var handle = block.Memory.Slice(10).Pin();
        ((nint)handle.Pointer - (nint)block.Pointer).ShouldBe(10);
        block.References.ShouldBe(2);
        block.Release();
        memory.Budget.InUseBytes.ShouldBe(4096);
        handle.Dispose();
        memory.Budget.InUseBytes.ShouldBe(0);
    }

#if DEBUG
    [Fact]
    public void A_debug_build_poisons_what_is_given_back()
    {
        var block = BatchMemory.Unlimited().Rent(100);
        block.SpanWithSlack.Clear();
        block.Release();
        block.SpanWithSlack.IndexOfAnyExcept((byte)0xDB).ShouldBe(-1);
        Should.Throw<BrokenBeliefException>(() => block.GetSpan().Length);
    }
#endif

    [Fact]
    public void Trimming_lets_go_of_slabs_without_a_block_in_use()
    {
        var pool = new BlockPool();
        var memory = new BatchMemory(pool, new MemoryBudget("test", 1L << 30));
        var blocks = Enumerable.Range(0, 10).Select(_ => memory.Rent(512 << 10)).ToList();
        var held = pool.SlabBytesHeld;
        held.ShouldBeGreaterThanOrEqualTo(10 * 512 << 10);
        pool.Trim().ShouldBe(0);
        foreach (var block in blocks.Skip(1)) block.Release();
        var dropped = pool.Trim();
        dropped.ShouldBeGreaterThan(0);
        pool.SlabBytesHeld.ShouldBe(held - dropped);

        // The pool goes on as before.
        var next = memory.Rent(512 << 10);
        next.GetSpan().Fill(1);
        next.Release();
        blocks[0].Release();
        pool.Trim();
        pool.SlabBytesHeld.ShouldBe(0);
    }

    [Fact]
    public async Task Holding_and_releasing_from_many_threads_loses_no_block()
    {
        var memory = BatchMemory.Unlimited();
        var workers = Enumerable.Range(0, 8).Select(seed => Task.Run(() =>
        {
            var dice = new Random(seed);
            var mine = new List<Block>();
            for (var i = 0; i < 20_000; i++)
            {
                if (mine.Count < 20 && dice.Next(2) == 0)
                {
                    var block = memory.Rent(dice.Next(1, 64 << 10));
                    block.GetSpan()[..8].Fill((byte)seed);
                    mine.Add(block);
                }
                else if (mine.Count > 0)
                {
                    var at = dice.Next(mine.Count);
                    mine[at].GetSpan()[..8].IndexOfAnyExcept((byte)seed).ShouldBe(-1);
                    mine[at].Retain();
                    mine[at].Release();
                    mine[at].Release();
                    mine.RemoveAt(at);
                }
            }
            mine.ForEach(block => block.Release());
        })).ToArray();
        await Task.WhenAll(workers);
        memory.Budget.InUseBytes.ShouldBe(0);
        memory.Pool.Trim();
        memory.Pool.SlabBytesHeld.ShouldBe(0);
    }

    [Fact]
    public async Task One_block_held_by_many_threads_goes_back_once()
    {
        var memory = BatchMemory.Unlimited();
        for (var round = 0; round < 200; round++)
        {
            var block = memory.Rent(4096);
            for (var i = 0; i < 4; i++) block.Retain();
            await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(block.Release)));
            memory.Budget.InUseBytes.ShouldBe(4096);
            block.Release();
            memory.Budget.InUseBytes.ShouldBe(0);
        }
    }
}
