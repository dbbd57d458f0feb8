using Chunnel.Control;
using Chunnel.Core;

namespace Chunnel.Engine.Tests;

/// <summary>
/// What running jobs did with their time in the last minutes, on a clock that the test moves: by seconds, and by less than a minute in all, since
/// a job's own deadlines go by the same clock and leave no time to answer where it leaps.
/// </summary>
public sealed class RealtimeTests
{
    private const string Idle = "env {} \n source { Numbers { hold = before_end, endless = true } } \n sink { Collect {} }";

    private static readonly TimeSpan _bucket = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _window = TimeSpan.FromMinutes(3);

    private readonly ManualClock _clock = new();

    [Fact]
    public async Task A_sink_that_takes_all_the_time_is_busy_and_the_edge_before_it_is_full_and_blocked()
    {
        await using var test = new EngineUnderTest(_clock);
        await RunAsync(test, "env {} \n source { Numbers { rows = 1000000000, batch = 1000, endless = true } } \n sink { Collect { hangs = true } }");
        var (source, sink, edge) = await UntilAsync(test, found => found.Sink[Work.SinkWrite] == Nanoseconds(_bucket) && found.Edge.Blocked == Nanoseconds(_bucket));
        Busy(sink).ShouldBe(1);
        edge.BlockedShare.ShouldBe(1);
        edge.HeldBytes.ShouldBeGreaterThan(0);
        edge.RoomBytes.ShouldBeGreaterThanOrEqualTo(edge.HeldBytes);
        edge.Fill.ShouldBeInRange(0.9, 1);
        (source[Work.SourceRead], source[Work.SourceIdle]).ShouldBe((0, 0), "it would read, and waits for room");
        source[Work.TransformProcess].ShouldBe(0, "a source does not transform");
    }

    [Fact]
    public async Task A_source_that_has_nothing_to_read_is_idle()
    {
        await using var test = new EngineUnderTest(_clock);
        await RunAsync(test, "env {} \n source { Numbers { rows = 100, hold = for_release, endless = true } } \n sink { Collect {} }");
        await test.Until(() => test.Sink.Written.Count == 4);
        var (source, sink, edge) = await UntilAsync(test, found => found.Source[Work.SourceIdle] == Nanoseconds(_bucket) && Busy(found.Sink) == 0);
        source.Share(source[Work.SourceIdle]).ShouldBe(1);
        source[Work.SourceRead].ShouldBe(0);
        sink[Work.SinkRowsIn].ShouldBe(0);
        (edge.Blocked, edge.HeldBytes, edge.Fill).ShouldBe((0, 0, 0));
        test.Source.Release();
    }

    [Fact]
    public async Task A_source_that_takes_its_time_reads()
    {
        await using var test = new EngineUnderTest(_clock);
        await RunAsync(test, "env {} \n source { Numbers { hold = in_read, endless = true } } \n sink { Collect {} }");
        var (source, sink, edge) = await UntilAsync(test, found => found.Source[Work.SourceRead] == Nanoseconds(_bucket));
        (source[Work.SourceIdle], Busy(sink), edge.Blocked).ShouldBe((0, 0, 0));
    }

    /// <summary>The node's memory is room for one batch: as long as the sink has one in its hands, none is filled.</summary>
    [Fact]
    public async Task A_source_that_waits_for_memory_is_at_nothing()
    {
        await using var test = new EngineUnderTest(_clock, memoryBytes: ColumnBatch.AimBytes + 1000);
        await RunAsync(test, "env {} \n source { Numbers { rows = 1000000000, batch = 1000, endless = true } } \n sink { Collect { hangs = true } }");
        await UntilAsync(test, found => found.Sink[Work.SinkWrite] == Nanoseconds(_bucket) && found.Source[Work.SourceRead] + found.Source[Work.SourceIdle] + found.Edge.Blocked == 0);
    }

    [Fact]
    public async Task A_source_that_is_through_is_at_nothing_while_the_last_commit_goes_on()
    {
        var showing = new TaskCompletionSource();
        await using var test = new EngineUnderTest(_clock, ledger: new LedgerPlugin { Showing = showing.Task });
        await RunAsync(test, "env {} \n source { Numbers { hold = at_first } } \n sink { Ledger {} }");
        BeginAndRelease(test);
        await UntilAsync(test, found => found.Sink[Work.SinkCommit] == Nanoseconds(_bucket) && found.Source[Work.SourceRead] + found.Source[Work.SourceIdle] == 0);
        showing.SetResult();
        (await test.EndOf(1)).Status.ShouldBe(JobStatus.Finished);
    }

    [Fact]
    public async Task Rows_are_counted_where_they_come_in_and_go_out()
    {
        await using var test = new EngineUnderTest(_clock);
        await RunAsync(test, "env {} \n source { Numbers { rows = 100, hold = at_both_ends, endless = true } } \n transform { Odd {} } \n sink { Collect {} }");
        BeginAndRelease(test);
        await test.Until(() => test.Sink.Written.Count == 50);
        _clock.Advance(_bucket);
        var view = test.Engine.Realtime!.Look(1, _window)!;
        var (chain, sink) = (view.Vertices[2], view.Vertices[1]);
        test.Engine.Find(1)!.Pipelines[0].Vertices.Select(vertex => (vertex.Id, vertex.Type)).ShouldBe([(1, "source"), (3, "sink"), (4, "transform")]);
        view.Vertices.Select(vertex => vertex.VertexId).ShouldBe([1, 3, 4]);
        (Sum(chain, Work.TransformRowsIn), Sum(chain, Work.TransformRowsOut), Sum(sink, Work.SinkRowsIn)).ShouldBe((100, 50, 50));
        view.Edges.Select(edge => (edge.QueueId, edge.Target)).ShouldBe([(-7, 3)]);
    }

    /// <summary>A stream that divides twice: what lies between runs in the loop of each sink behind it.</summary>
    [Fact]
    public async Task An_edge_leads_to_what_comes_first_behind_the_channel()
    {
        await using var test = new EngineUnderTest(_clock);
        await RunAsync(test, """
            env { parallelism = 2 }
            source { Numbers { rows = 40, hold = at_both_ends, endless = true, splits = 2, plugin_output = a } }
            transform { Odd { plugin_input = a, plugin_output = b } }
            sink {
              Collect { plugin_input = b }
              Collect { plugin_input = b }
              Collect { plugin_input = a }
            }
            """);
        BeginAndRelease(test);
        await test.Until(() => test.Sink.Written.Count == 20 + 20 + 40);
        _clock.Advance(_bucket);
        var view = test.Engine.Realtime!.Look(1, _window)!;
        var vertices = test.Engine.Find(1)!.Pipelines[0].Vertices.ToDictionary(vertex => vertex.Id);
        view.Edges.Select(edge => (vertices[edge.Target].Type, edge.QueueId == (vertices[edge.Target].Type == "sink" ? -2 * edge.Target - 1 : -2 * edge.Target), edge.Points[^1].Loops))
            .ShouldBe([("transform", true, 4), ("sink", true, 2)], ignoreOrder: true);
        var chain = view.Vertices.Single(vertex => vertices[vertex.VertexId].Type == "transform");
        (chain.Points[^1].Loops, Sum(chain, Work.TransformRowsIn)).ShouldBe((4, 80), "it runs in the loops of two sinks, two subtasks each");
    }

    [Fact]
    public async Task So_much_is_told_as_is_asked_for_within_what_is_kept()
    {
        await using var test = new EngineUnderTest(_clock);
        await RunAsync(test, """
            env { engine.observability { bucket_ms = 1000, retention_minutes = 1 } }
            source { Numbers { hold = before_end, endless = true } }
            sink { Collect {} }
            """);
        test.Engine.Realtime!.Look(1, _window).ShouldNotBeNull();
        for (var second = 0; second < 20; second++) _clock.Advance(_bucket);
        var now = _clock.GetUtcNow();
        var all = test.Engine.Realtime!.Look(1, _window)!;
        (all.From, all.To, all.Vertices[0].Points.Count).ShouldBe((now.AddMinutes(-1), now, 20));
        all.Job.Latest.ShouldBe(now.AddSeconds(-1));
        var some = test.Engine.Realtime!.Look(1, TimeSpan.FromSeconds(7))!;
        (some.From, some.Vertices[0].Points.Count, some.Edges[0].Points.Count).ShouldBe((now.AddSeconds(-7), 7, 7));
    }

    [Fact]
    public async Task A_transform_is_told_by_itself_and_not_with_what_waits_behind_it()
    {
        await using var busy = new EngineUnderTest(_clock);
        await RunAsync(busy, "env {} \n source { Numbers { rows = 100, endless = true } } \n transform { Odd { hangs = true } } \n sink { Collect {} }");
        var (source, sink, edge) = await UntilAsync(busy, found => found.Chain![Work.TransformProcess] == Nanoseconds(_bucket));
        (source[Work.SourceRead], source[Work.SourceIdle], edge.Blocked, Busy(sink)).ShouldBe((0, 0, 0, 0));

        await using var blocked = new EngineUnderTest(_clock);
        await RunAsync(blocked, "env {} \n source { Numbers { rows = 1000000000, batch = 1000, endless = true } } \n transform { Odd {} } \n sink { Collect { hangs = true } }");
        await UntilAsync(blocked, found => found.Chain![Work.TransformProcess] == 0 && found.Edge.Blocked == Nanoseconds(_bucket));

        // Where a stream divides, transforms behind it run in the loop of their sink, which here waits for its replicas.
        await using var behind = new EngineUnderTest(_clock);
        await RunAsync(behind, """
            env {}
            source { Numbers { rows = 1000000000, batch = 1000, tables = [ one, two, three, four, five, six ], endless = true, plugin_output = a } }
            transform { Odd { plugin_input = a, plugin_output = b } }
            sink {
              Collect { plugin_input = b, hangs = true, multi_table_sink_replica = 2 }
              Collect { plugin_input = a }
            }
            """);
        await UntilAsync(behind, found => found.Chain![Work.TransformProcess] == 0 && found.Sink[Work.SinkWrite] == 2 * Nanoseconds(_bucket) && found.Edge.Blocked == Nanoseconds(_bucket));
    }

    /// <summary>In each of two subtasks a sink with two replicas has four loops in all, which hang, and a loop that feeds them, which is at nothing.</summary>
    [Fact]
    public async Task Replicas_of_a_sink_are_loops_of_their_own()
    {
        await using var test = new EngineUnderTest(_clock);
        await RunAsync(test, """
            env { parallelism = 2 }
            source { Numbers { rows = 1000000000, batch = 1000, splits = 2, tables = [ one, two, three, four, five, six ], endless = true } }
            sink { Collect { hangs = true, multi_table_sink_replica = 2 } }
            """);
        var (_, sink, edge) = await UntilAsync(test, found => found.Sink[Work.SinkWrite] == 4 * Nanoseconds(_bucket) && found.Edge.Blocked == 2 * Nanoseconds(_bucket));
        (sink.Loops, Busy(sink), edge.Loops, edge.BlockedShare).ShouldBe((4, 1, 2, 1));
    }

    [Fact]
    public async Task A_checkpoint_keeps_the_sink_busy_and_is_told_while_it_goes_on()
    {
        await using var test = new EngineUnderTest(_clock);
        await RunAsync(test, "env { checkpoint.interval = 1000 } \n source { Numbers { rows = 100, hold = before_end, endless = true } } \n sink { Collect { prepare_waits = true, fail = commit_waits } }");
        await PassUntilAsync(() => test.Sink.Calls.Contains("prepare"));
        var (before, written) = (Spent(Work.SinkPrepareCommit), Spent(Work.SinkWrite));
        _clock.Advance(_bucket);
        _clock.Advance(_bucket);
        (Spent(Work.SinkPrepareCommit) - before).ShouldBe(2);
        Busy(LookAtSink()[^1]).ShouldBe(1);
        test.Sink.LetPrepare();
        await test.Sink.CommitWaits.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        Spent(Work.SinkCommit).ShouldBe(0);
        _clock.Advance(_bucket);
        _clock.Advance(_bucket);
        Spent(Work.SinkCommit).ShouldBe(2);
        Busy(LookAtSink()[^1]).ShouldBe(1);
        (Spent(Work.SinkPrepareCommit) - before, Spent(Work.SinkWrite) - written, Spent(Work.SinkAbort)).ShouldBe((2, 0, 0));

        IReadOnlyList<VertexPoint> LookAtSink() => test.Engine.Realtime!.Look(1, _window)!.Vertices[1].Points;
        long Spent(Work work) => LookAtSink().Sum(point => point[work]) / Nanoseconds(_bucket);
    }

    /// <summary>Both attempts of the source are at something in each of their seconds, and between them nobody is.</summary>
    [Fact]
    public async Task After_a_restart_counts_go_on_and_no_time_is_told_twice()
    {
        await using var test = new EngineUnderTest(_clock);
        await RunAsync(test, """
            env { job.retry.times = 1, job.retry.interval.seconds = 3 }
            source { Numbers { rows = 100, batch = 10, fail_at = 55, fail_times = 1, hold = at_both_ends, endless = true } }
            sink { Collect {} }
            """);
        await UntilAsync(test, found => found.Source[Work.SourceIdle] == Nanoseconds(_bucket));
        _clock.Advance(_bucket);
        test.Source.Release();
        await test.Until(() => Pipeline().Status == PipelineStatus.Created);
        var first = test.Sink.Written.Count;
        _clock.Advance(_bucket);
        _clock.Advance(_bucket);
        await PassUntilAsync(() => test.Sink.Written.Count == first + 100);
        _clock.Advance(_bucket);
        _clock.Advance(_bucket);
        var view = test.Engine.Realtime!.Look(1, _window)!;
        Pipeline().Restores.ShouldBe(1);
        Sum(view.Vertices[1], Work.SinkRowsIn).ShouldBe(first + 100);
        foreach (var point in view.Vertices.SelectMany(vertex => vertex.Points)) Enum.GetValues<Work>().ShouldAllBe(work => point[work] >= 0);
        var told = view.Vertices[0].Points.Zip(view.Edges[0].Points).Select(pair => (pair.First[Work.SourceRead] + pair.First[Work.SourceIdle] + pair.Second.Blocked) / Nanoseconds(_bucket)).ToList();
        string.Concat(told).ShouldMatch("^0*11+000+11+$");

        PipelineView Pipeline() => test.Engine.Find(1)!.Pipelines[0];
    }

    [Fact]
    public async Task A_job_that_leaves_it_off_has_no_points()
    {
        await using var test = new EngineUnderTest(_clock);
        await RunAsync(test, "env { engine.observability.enabled = false } \n source { Numbers { hold = before_end, endless = true } } \n sink { Collect {} }");
        _clock.Advance(_bucket);
        var view = test.Engine.Realtime!.Look(1, _window)!;
        (view.Job.Enabled, view.Vertices.Count, view.Edges.Count).ShouldBe((false, 0, 0));
        test.Engine.Realtime!.Jobs.Single().ShouldBe(view.Job);
    }

    [Fact]
    public async Task A_job_that_has_ended_is_told_no_more()
    {
        var lettingGo = new TaskCompletionSource();
        await using var test = new EngineUnderTest(_clock, sink: new CollectPlugin { LetGo = lettingGo.Task });
        await RunAsync(test, "env {} \n source { Numbers { hold = before_end, endless = true } } \n sink { Collect {} }");
        _clock.Advance(_bucket);
        test.Engine.Realtime!.Look(1, _window).ShouldNotBeNull();
        await test.Engine.CancelAsync(1, TestContext.Current.CancellationToken);
        await test.EndOf(1);
        // Before anything is said of them: an engine that goes down waits for a job that lets go.
        var (view, jobs) = (test.Engine.Realtime!.Look(1, _window), test.Engine.Realtime!.Jobs);
        lettingGo.SetResult();
        view.ShouldBeNull("also while it lets go");
        jobs.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_job_that_has_ended_leaves_its_room_to_others()
    {
        await using var test = new EngineUnderTest(_clock, realtimeNumbers: 2500);
        await RunAsync(test, Idle, 1);
        test.Engine.Realtime!.Look(1, _window)!.Vertices.ShouldNotBeEmpty();
        await test.Engine.CancelAsync(1, TestContext.Current.CancellationToken);
        await test.Until(() => test.Engine.Live.Count == 0);
        await RunAsync(test, Idle, 2);
        await PassUntilAsync(() => test.Engine.Realtime!.Jobs.Single().Latest is not null);
    }

    /// <summary>A job of a source, a sink and an edge has ten figures: with what a point says of itself, and what they were before, 180 points are 2170 numbers.</summary>
    [Fact]
    public async Task Where_there_is_no_room_who_is_asked_for_takes_it_from_who_is_not()
    {
        await using var test = new EngineUnderTest(_clock, realtimeNumbers: 2500);
        await RunAsync(test, Idle, 1);
        _clock.Advance(_bucket);
        await RunAsync(test, Idle, 2);
        for (var i = 0; i < 3; i++) _clock.Advance(_bucket);
        test.Engine.Realtime!.Jobs.Select(job => job.Latest is not null).ShouldBe([true, false]);
        test.Engine.Realtime!.Look(2, _window)!.Vertices.ShouldAllBe(vertex => vertex.Points.Count == 0);
        for (var i = 0; i < 3; i++) _clock.Advance(_bucket);
        test.Engine.Realtime!.Jobs.Select(job => job.Latest is not null).ShouldBe([false, true]);
        test.Engine.Realtime!.Look(2, _window)!.Vertices.ShouldAllBe(vertex => vertex.Points.Count == 3);
    }

    private static async Task RunAsync(EngineUnderTest test, string job, long jobId = 1)
    {
        // A checkpoint comes only where a test asks for it.
        await test.SubmitAsync(job.Replace("env {", "env { job.mode = STREAMING, checkpoint.interval = 100000000000, engine.observability.bucket_ms = 1000, ", StringComparison.Ordinal), jobId);
        await test.Until(() => test.Engine.Find(jobId)!.Status == JobStatus.Running);
    }

    /// <summary>Whatever comes is counted from the first look at a job on.</summary>
    private void BeginAndRelease(EngineUnderTest test)
    {
        test.Engine.Realtime!.Look(1, _window).ShouldNotBeNull();
        test.Source.Release();
    }

    /// <summary>Lets a second pass, and another, until it is as wanted. Between them comes ever more of real time for what is to happen within one.</summary>
    private async Task PassUntilAsync(Func<bool> isIt, Func<string>? seen = null)
    {
        for (var pause = TimeSpan.FromMilliseconds(1); pause < TimeSpan.FromSeconds(30); pause *= 2)
        {
            _clock.Advance(_bucket);
            if (isIt()) return;
            await Task.Delay(pause, TestContext.Current.CancellationToken);
        }
        throw new TimeoutException($"It has not come about. {seen?.Invoke()}");
    }

    /// <summary>The newest point, as soon as it is as wanted.</summary>
    private async Task<(VertexPoint Source, VertexPoint Sink, EdgePoint Edge)> UntilAsync(EngineUnderTest test, Func<(VertexPoint Source, VertexPoint Sink, VertexPoint? Chain, EdgePoint Edge), bool> isIt)
    {
        (VertexPoint, VertexPoint, EdgePoint)? found = null;
        await PassUntilAsync(() =>
        {
            var view = test.Engine.Realtime!.Look(1, _window)!;
            if (view.Vertices is not [{ Points: [.., var source] }, .., var last]) return false;
            // Of a job with a transform that is the last one.
            var sink = view.Vertices[Math.Max(1, view.Vertices.Count - 2)].Points[^1];
            var edge = view.Edges[0].Points[^1];
            found = (source, sink, edge);
            return isIt((source, sink, view.Vertices.Count > 2 ? last.Points[^1] : null, edge));
        }, () => string.Join('\n', test.Engine.Realtime!.Look(1, _bucket) is { } view ? [.. view.Vertices.Select(Tell), .. view.Edges.SelectMany(edge => edge.Points).Select(point => point.ToString())] : test.Lines));
        return found!.Value;
    }

    private static double Busy(VertexPoint sink) => sink.Share(sink[Work.SinkWrite] + sink[Work.SinkPrepareCommit] + sink[Work.SinkCommit] + sink[Work.SinkAbort]);

    private static string Tell(VertexSeries vertex) => $"{vertex.VertexId}: {string.Join(", ", Enum.GetValues<Work>().Where(work => vertex.Points[^1][work] > 0).Select(work => $"{work} {vertex.Points[^1][work]}"))}";

    private static long Sum(VertexSeries vertex, Work work) => vertex.Points.Sum(point => point[work]);

    private static long Nanoseconds(TimeSpan time) => time.Ticks * TimeSpan.NanosecondsPerTick;
}
