using Chunnel.Plugins;

namespace Chunnel.Engine.Tests;

/// <summary>The share of a source that is read.</summary>
public sealed class SourceProgressTests
{
    private readonly SourceProgress _progress = new();

    [Fact]
    public void Nothing_is_told_before_everything_is_known()
    {
        _progress.Begin(readers: 2, isFresh: true);
        _progress.Look().ShouldBeNull();
        _progress.Found(new SplitAmount(1, 10), left: null);
        _progress.Read(0, SplitAmount.Nothing);
        _progress.Read(1, SplitAmount.Nothing);
        _progress.Look().ShouldBeNull();
        _progress.Found(new SplitAmount(1, 10), new SplitAmount(3, 30));
        _progress.Look().ShouldBe(new ProgressView(0, 4, 0));
    }

    [Fact]
    public void A_source_that_does_not_tell_has_no_progress()
    {
        _progress.Begin(readers: 1, isFresh: true);
        _progress.Found(new SplitAmount(1), new SplitAmount(0, 0));
        _progress.Read(0, null);
        _progress.Look().ShouldBeNull();
    }

    [Fact]
    public void Sizes_give_the_share_and_a_split_in_hand_counts_by_its_part()
    {
        _progress.Begin(readers: 2, isFresh: true);
        _progress.Found(new SplitAmount(2, 80), new SplitAmount(2, 20));
        _progress.Read(0, new SplitAmount(1, 40));
        _progress.Read(1, new SplitAmount(0, 10));
        _progress.Look().ShouldBe(new ProgressView(1, 4, 0.5));
    }

    [Fact]
    public void Splits_of_unknown_size_count_by_their_number()
    {
        _progress.Begin(readers: 1, isFresh: true);
        _progress.Found(new SplitAmount(4), new SplitAmount(0, 0));
        _progress.Read(0, new SplitAmount(1));
        _progress.Look().ShouldBe(new ProgressView(1, 4, 0.25));
    }

    [Fact]
    public void A_source_without_a_split_is_read()
    {
        _progress.Begin(readers: 1, isFresh: true);
        _progress.Found(SplitAmount.Nothing, SplitAmount.Nothing);
        _progress.Read(0, SplitAmount.Nothing);
        _progress.Look().ShouldBe(new ProgressView(0, 0, 1));
    }

    [Fact]
    public void An_attempt_from_a_checkpoint_has_less_left_of_the_same_whole()
    {
        _progress.Begin(readers: 1, isFresh: true);
        _progress.Found(new SplitAmount(4, 100), SplitAmount.Nothing);
        _progress.Read(0, new SplitAmount(2, 60));
        _progress.Begin(readers: 1, isFresh: false);
        _progress.Found(new SplitAmount(3, 50), SplitAmount.Nothing);
        _progress.Read(0, SplitAmount.Nothing);
        _progress.Look().ShouldBe(new ProgressView(1, 4, 0.5));
        _progress.Read(0, new SplitAmount(3, 50));
        _progress.Look().ShouldBe(new ProgressView(4, 4, 1));
    }

    [Fact]
    public void A_fresh_attempt_begins_from_nothing()
    {
        _progress.Begin(readers: 1, isFresh: true);
        _progress.Found(new SplitAmount(4, 100), SplitAmount.Nothing);
        _progress.Read(0, new SplitAmount(4, 100));
        _progress.Begin(readers: 1, isFresh: true);
        _progress.Found(new SplitAmount(2, 10), SplitAmount.Nothing);
        _progress.Read(0, SplitAmount.Nothing);
        _progress.Look().ShouldBe(new ProgressView(0, 2, 0));
    }
}
