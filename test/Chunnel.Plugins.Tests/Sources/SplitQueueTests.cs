namespace Chunnel.Plugins.Tests.Sources;

public sealed class SplitQueueTests
{
    private readonly SplitQueue<Share> _queue;
    private int _asked;

    public SplitQueueTests() => _queue = new SplitQueue<Share>(() => _asked++);

    [Fact]
    public void It_asks_once_and_again_when_it_was_answered()
    {
        _queue.WithoutSplit().Kind.ShouldBe(ReadResultKind.Idle);
        _queue.WithoutSplit();
        _asked.ShouldBe(1);
        _queue.Add([new Share("a", 3), new Share("b", 2)]);
        _queue.End();
        _asked.ShouldBe(1, "it still has one");
        _queue.End();
        _asked.ShouldBe(2, "so that the next ones come while others are read");
        _queue.Current.ShouldBeNull();
    }

    [Fact]
    public void Behind_the_last_split_is_the_end()
    {
        _queue.Add([new Share("a", 3)]);
        _queue.NoMore();
        _queue.End();
        _queue.WithoutSplit().Kind.ShouldBe(ReadResultKind.End);
        _asked.ShouldBe(0);
    }

    [Fact]
    public void It_keeps_how_far_it_is()
    {
        _queue.Add([new Share("a", 30), new Share("b", 20)]);
        _queue.Done.ShouldBe(SplitAmount.Nothing);
        _queue.Advance(new Share("a", 12));
        _queue.Left.ShouldBe([new Share("a", 12), new Share("b", 20)]);
        _queue.Done.ShouldBe(new SplitAmount(0, 18));
        _queue.End();
        _queue.Current.ShouldBe(new Share("b", 20));
        _queue.Done.ShouldBe(new SplitAmount(1, 30));
        _queue.Advance(new Share("b", 5));
        _queue.Done.ShouldBe(new SplitAmount(1, 45));
        _queue.End();
        _queue.Done.ShouldBe(new SplitAmount(2, 50));
        _queue.Left.ShouldBeEmpty();
    }

    private sealed record Share(string Name, long Size) : SourceSplit(Name)
    {
        public override long? SizeLeft => Size;
    }
}
