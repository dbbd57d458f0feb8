namespace Chunnel.Engine.Tests;

/// <summary>The memory of a node that was not told how much (R3).</summary>
public sealed class MemoryShareTests
{
    [Theory]
    [InlineData(16_384, 4_096)]
    [InlineData(512, 128)]
    [InlineData(256, 64)]
    [InlineData(200, 64)]
    [InlineData(128, 64)]
    [InlineData(96, 48)]
    [InlineData(32, 16)]
    public void A_quarter_but_not_too_little_and_never_more_than_half(long availableMiB, long shareMiB) => MemoryShare.Of(availableMiB << 20).ShouldBe(shareMiB << 20);

    [Fact]
    public void This_process_has_some() => MemoryShare.OfProcess().ShouldBeInRange(1 << 20, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2);
}
