using System.Diagnostics;
using Chunnel.Config.Env;

namespace Chunnel.Engine.Tests;

/// <summary>The time of one loop, and the points that are made of it, with no job around them.</summary>
public sealed class LoopTimeTests
{
    private static readonly TimeSpan _second = TimeSpan.FromSeconds(1);

    private readonly ManualClock _clock = new();

    [Fact]
    public void Each_moment_is_told_once_of_what_the_loop_is_at()
    {
        var work = new JobWork([], _clock);
        var (read, transform, blocked) = (new Tally(), new Tally(), new Tally());
        using var loop = work.Begin();
        _clock.Advance(_second);
        using (loop.At(read))
        {
            _clock.Advance(2 * _second);
            using (loop.At(transform))
            {
                _clock.Advance(4 * _second);
                using (loop.At(blocked)) _clock.Advance(8 * _second);
                using (loop.At(null)) _clock.Advance(16 * _second);
                _clock.Advance(32 * _second);
            }
            _clock.Advance(64 * _second);
        }
        _clock.Advance(128 * _second);
        Seconds(read, transform, blocked).ShouldBe([66, 36, 8]);
    }

    [Fact]
    public void What_takes_long_is_told_while_it_goes_on_and_no_more_when_the_loop_has_ended()
    {
        var work = new JobWork([], _clock);
        var read = new Tally();
        var loop = work.Begin();
        loop.Turn(read);
        _clock.Advance(_second);
        work.Read([]);
        Seconds(read).ShouldBe([1]);
        work.Read([]);
        Seconds(read).ShouldBe([1], "no time has passed since");
        _clock.Advance(_second);
        loop.Dispose();
        Seconds(read).ShouldBe([2]);
        _clock.Advance(_second);
        work.Read([]);
        Seconds(read).ShouldBe([2]);
    }

    /// <summary>The loop turns while another thread looks: not a nanosecond is lost or told twice.</summary>
    [Fact]
    public async Task Looking_on_takes_nothing_from_a_loop_and_gives_it_nothing()
    {
        var clock = TimeProvider.System;
        var work = new JobWork([], clock);
        var (one, other) = (new Tally(), new Tally());
        using var loop = work.Begin();
        using var end = new CancellationTokenSource();
        var looking = Task.Run(
            () =>
            {
                while (!end.IsCancellationRequested) work.Read([]);
            },
            TestContext.Current.CancellationToken);
        var before = Stopwatch.GetTimestamp();
        loop.Turn(one);
        var begun = Stopwatch.GetTimestamp();
        for (var i = 0; i < 200_000; i++)
        {
            using (loop.At(other)) { }
        }
        var ending = Stopwatch.GetTimestamp();
        loop.Turn(null);
        var after = Stopwatch.GetTimestamp();
        await end.CancelAsync();
        await looking;
        // A clock of coarser steps than nanoseconds rounds nothing away: its step is a whole number of them.
        TimeSpan.FromTicks((one.Value + other.Value) / TimeSpan.NanosecondsPerTick).ShouldBeInRange(Stopwatch.GetElapsedTime(begun, ending), Stopwatch.GetElapsedTime(before, after));
    }

    [Fact]
    public void Points_are_written_round_and_round()
    {
        var work = new JobWork([], _clock);
        var series = new JobSeries(work, _second, most: 60, _clock);
        series.Latest.ShouldBeNull();
        for (var i = 0; i < 100; i++)
        {
            _clock.Advance(_second);
            series.Sample(_clock.GetUtcNow());
            series.Latest.ShouldBe(DateTimeOffset.UnixEpoch + i * _second);
        }
        series.Sample(_clock.GetUtcNow());
        series.Latest.ShouldBe(DateTimeOffset.UnixEpoch + 99 * _second, "nothing is over since");
    }

    [Fact]
    public async Task The_newest_points_are_kept_oldest_first()
    {
        await using var plan = await JobPlanned();
        var work = new JobWork(plan.Pipelines, _clock);
        var series = new JobSeries(work, _second, JobSeries.PointsIn(1 << 20, work, new ObservabilityOptions { Bucket = _second, Retention = TimeSpan.FromMinutes(1) }), _clock);
        for (var i = 0; i < 100; i++)
        {
            work.Vertices[0][Work.SourceRead].Add(i);
            _clock.Advance(_second);
            series.Sample(_clock.GetUtcNow());
        }
        var (vertices, edges) = series.Look(DateTimeOffset.UnixEpoch);
        vertices[0].Points.Select(point => (point.BeganAt, point[Work.SourceRead])).ShouldBe(Enumerable.Range(40, 60).Select(i => (i * 1000L, (long)i)), "what was added in each, not since the beginning");
        edges[0].Points.Select(point => point.BeganAt).ShouldBe(Enumerable.Range(40, 60).Select(i => i * 1000L));
        series.Look(DateTimeOffset.UnixEpoch + 95 * _second).Edges[0].Points.Count.ShouldBe(5);
    }

    /// <summary>A point of a source, a sink and an edge is two numbers about itself and ten figures; what they were before is ten more.</summary>
    [Fact]
    public async Task A_job_too_large_for_the_room_has_fewer_points()
    {
        await using var plan = await JobPlanned();
        var work = new JobWork(plan.Pipelines, _clock);
        JobSeries.PointsIn(1 << 20, work, new ObservabilityOptions()).ShouldBe(36);
        JobSeries.PointsIn(100, work, new ObservabilityOptions()).ShouldBe(7);
        JobSeries.PointsIn(21, work, new ObservabilityOptions()).ShouldBe(0);
        JobSeries.PointsIn(100, work, new ObservabilityOptions { Bucket = TimeSpan.FromMinutes(10) }).ShouldBe(1, "a point longer than points are kept");
        new JobSeries(work, _second, 7, _clock).Size.ShouldBe(94);
        JobSeries.SizeOf(work, 7).ShouldBe(94);
    }

    [Fact]
    public void An_edge_is_all_its_channels_and_a_new_attempt_s_take_the_places_of_the_old_ones()
    {
        using var old = new FlowChannel(1 << 20, _clock);
        using var first = new FlowChannel(2 << 20, _clock);
        using var second = new FlowChannel(4 << 20, _clock);
        var edge = new EdgeWork(2, leadsToSink: true, channels: 2);
        var figures = new long[EdgeWork.Figures];
        edge.Read(figures);
        figures.ShouldBe([0, 0, 0], "none is there yet");
        edge.Join(0, old);
        edge.Join(0, first);
        edge.Join(1, second);
        edge.Blocked.Add(5);
        edge.Read(figures);
        figures.ShouldBe([5, 0, first.Fill.Room + second.Fill.Room]);
        first.Fill.Room.ShouldBeGreaterThan(old.Fill.Room);
    }

    private async Task<JobPlan> JobPlanned()
    {
        await using var test = new EngineUnderTest(_clock);
        return await test.Engine.Planner.PlanAsync(EngineUnderTest.Define("env {} \n source { Numbers {} } \n sink { Collect {} }"), 1, "watched", TestContext.Current.CancellationToken);
    }

    private static IEnumerable<long> Seconds(params Tally[] tallies) => tallies.Select(tally => tally.Value / 1_000_000_000);
}
