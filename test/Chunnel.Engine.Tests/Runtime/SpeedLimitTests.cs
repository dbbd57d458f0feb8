using Chunnel.Core;

namespace Chunnel.Engine.Tests;

[Trait("spec", "config.md 7")]
public sealed class SpeedLimitTests
{
    private readonly JumpingClock _clock = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("spec", "engine.md 61")]
    public async Task Fifty_rows_at_ten_a_second_take_five_seconds_but_the_first_passes_at_once()
    {
        var limit = new SpeedLimit(10, null, _clock);
        await PassAsync(limit, 1, 100);
        _clock.Passed.ShouldBe(TimeSpan.Zero);
        for (var row = 1; row < 50; row++) await PassAsync(limit, 1, 100);
        _clock.Passed.ShouldBe(TimeSpan.FromSeconds(4.9), TimeSpan.FromMilliseconds(10));
    }

    [Fact]
    [Trait("spec", "engine.md 62")]
    public async Task Each_reader_has_the_whole_limit()
    {
        var (one, other) = (new SpeedLimit(10, null, _clock), new SpeedLimit(10, null, _clock));
        for (var row = 0; row < 25; row++)
        {
            await PassAsync(one, 1, 1);
            await PassAsync(other, 1, 1);
        }
        _clock.Passed.ShouldBe(TimeSpan.FromSeconds(2.4), TimeSpan.FromMilliseconds(10));
    }

    [Theory]
    [InlineData(10L, 1_000_000L, 2.0)]
    [InlineData(1_000L, 100L, 20.0)]
    public async Task Both_limits_hold(long rows, long bytes, double seconds)
    {
        var limit = new SpeedLimit(rows, bytes, _clock);
        for (var batch = 0; batch < 5; batch++) await PassAsync(limit, 5, 500);
        _clock.Passed.TotalSeconds.ShouldBe(seconds, 0.01);
    }

    [Theory]
    [InlineData(null, ColumnBatch.AimRows)]
    [InlineData(1L, 1)]
    [InlineData(10L, 1)]
    [InlineData(1_000L, 100)]
    [InlineData(long.MaxValue, ColumnBatch.AimRows)]
    public void Batches_are_small_enough_to_flow_evenly(long? rows, int most) => new SpeedLimit(rows, null, _clock).BatchRows.ShouldBe(most);

    /// <summary>A lower bound on real time: it can only fail when a row came too early.</summary>
    [Fact]
    [Trait("spec", "engine.md 61")]
    public async Task A_job_keeps_to_its_limit()
    {
        await using var test = new EngineUnderTest();
        var began = TimeProvider.System.GetTimestamp();
        var ended = await test.RunAsync("""
            env { read_limit.rows_per_second = 100 }
            source { Numbers { rows = 50, batch = 10 } }
            sink { Collect {} }
            """);
        ended.Metrics.Read.Rows.ShouldBe(50);
        TimeProvider.System.GetElapsedTime(began).ShouldBeGreaterThan(TimeSpan.FromSeconds(0.4) - TimeSpan.FromMilliseconds(20));
    }

    /// <summary>A reader's turn: it waits until it may read, reads, pays.</summary>
    private async Task PassAsync(SpeedLimit limit, long rows, long bytes)
    {
        if (limit.Wait is var wait && wait > TimeSpan.Zero) await Task.Delay(wait, _clock, Stop);
        limit.Pay(rows, bytes);
    }
}
