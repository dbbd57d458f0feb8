namespace Chunnel.Core;

/// <summary>Where a job's batches get their bytes: the node's pool, charged to the job's budget.</summary>
public sealed class BatchMemory(BlockPool pool, MemoryBudget budget)
{
    /// <summary>A pool of its own without a limit, for tools and tests.</summary>
    public static BatchMemory Unlimited() => new(new BlockPool(), new MemoryBudget("unlimited", long.MaxValue / 2));

    public BlockPool Pool { get; } = pool;

    public MemoryBudget Budget { get; } = budget;

    /// <summary>A block of at least so many bytes, held once, uninitialised.</summary>
    /// <exception cref="ChunnelException">The budget and its overdraft are used up.</exception>
    public Block Rent(int bytes) => Pool.Rent(bytes, Budget);

    /// <summary>Sources call this before they fill a batch: waiting for memory is back-pressure.</summary>
    public ValueTask WaitForRoomAsync(long bytes, CancellationToken stop) => Budget.WaitForRoomAsync(bytes, stop);
}
