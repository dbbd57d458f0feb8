namespace Chunnel.Core.Tests;

public sealed class ByteWriterTests
{
    /// <summary>What it was made with is what its owner needs each time; only what it grew by is given back.</summary>
    [Theory]
    [InlineData(64 << 10)]
    [InlineData(9 << 20)]
    public void Clearing_keeps_the_first_capacity(int capacity)
    {
        var writer = new ByteWriter(capacity);
        var row = new byte[1000];
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var flush = 0; flush < 10; flush++)
        {
            while (writer.Length + row.Length <= capacity) writer.Append(row);
            writer.Clear();
        }
        // The runtime may add a little of its own; one buffer would be the capacity.
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(capacity / 2);
    }

    [Fact]
    public void What_it_grew_by_beyond_8_MiB_is_given_back()
    {
        var writer = new ByteWriter(1 << 10);
        writer.Append(new byte[9 << 20]);
        writer.Clear();
        writer.Space(1).Length.ShouldBe(1 << 10);
    }
}
