using Chunnel.Core;
using Xunit;

namespace Chunnel.TestKit;

/// <summary>Memory of a test's own that knows what has not come back.</summary>
public sealed class TestMemory
{
    public TestMemory(long limitBytes = 256L << 20) => Budget = new MemoryBudget("test", limitBytes);

    public MemoryBudget Budget { get; }

    public BatchMemory Memory => field ??= new BatchMemory(new BlockPool(), Budget);

    /// <summary>Everything rented has been given back.</summary>
    public void MustBeBack() => Assert.True(Budget.InUseBytes == 0, $"{Budget.InUseBytes:N0} bytes of batches were not given back: some path forgets to dispose.");

    /// <summary>Rents all there is, so that whoever waits for room waits until it is released.</summary>
    public Block TakeAll() => Memory.Rent((int)Math.Min(Budget.LimitBytes, int.MaxValue / 2));
}
