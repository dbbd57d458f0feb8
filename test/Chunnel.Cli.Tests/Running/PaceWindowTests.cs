using Chunnel.Cli.Running;
using Chunnel.Engine;

namespace Chunnel.Cli.Tests;

/// <summary>Rate and time left, from what was seen lately.</summary>
public sealed class PaceWindowTests
{
    private readonly ManualClock _clock = new();

    [Fact]
    public void A_steady_job_is_foretold_exactly()
    {
        var window = new PaceWindow(_clock);
        for (var second = 1; second <= 40; second++)
        {
            var pace = See(window, second * 1000, second / 100.0);
            pace.RowsPerSecond.ShouldBe(1000, 0.001);
            if (second > 1) pace.Left!.Value.TotalSeconds.ShouldBe(100 - second, 0.001);
        }
    }

    [Fact]
    public void A_job_that_slows_down_says_so_within_the_window()
    {
        var window = new PaceWindow(_clock);
        for (var second = 1; second <= 30; second++) See(window, second * 1000, second / 100.0);
        PipelinePace? pace = null;
        for (var second = 1; second <= 10; second++) pace = See(window, 30_000 + second * 100, 0.3 + second / 1000.0);
        pace!.RowsPerSecond.ShouldBe(100, 0.001);
        pace.Left!.Value.TotalSeconds.ShouldBe(690, 0.001);
    }

    [Fact]
    public void A_job_that_stands_still_has_no_time_left_to_tell()
    {
        var window = new PaceWindow(_clock);
        See(window, 1000, 0.1);
        for (var second = 0; second < 20; second++) See(window, 2000, 0.2);
        See(window, 2000, 0.2).ShouldSatisfyAllConditions(pace => pace.RowsPerSecond.ShouldBe(0), pace => pace.Left.ShouldBeNull());
    }

    [Fact]
    public void Nothing_is_foretold_of_a_source_without_end_or_one_that_is_read()
    {
        See(new PaceWindow(_clock), 5000, null).Left.ShouldBeNull();
        var window = new PaceWindow(_clock);
        See(window, 1, 0.5);
        See(window, 2, 1).Left.ShouldBeNull();
    }

    [Fact]
    public void A_pipeline_that_begins_anew_gets_a_new_pace()
    {
        var window = new PaceWindow(_clock);
        for (var second = 1; second <= 5; second++) See(window, second * 1000, second / 10.0);
        See(window, 10, 0.001).Left.ShouldBeNull();
        See(window, 20, 0.002).RowsPerSecond.ShouldBe(10, 0.001);
    }

    private PipelinePace See(PaceWindow window, long rows, double? share)
    {
        _clock.Advance(TimeSpan.FromSeconds(1));
        return window.See(Pipelines.Running(rows, progress: share is { } part ? new ProgressView(0, 1, part) : null));
    }
}
