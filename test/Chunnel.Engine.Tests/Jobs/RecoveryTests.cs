using Chunnel.Control;

namespace Chunnel.Engine.Tests;

/// <summary>
/// A node that was killed comes back with every job that it had accepted (engine.md 7.3, architecture.md 3.5). The kill is another engine on
/// the same log: the first one may decide nothing from then on, and what it still does is as if it had never been.
/// </summary>
public sealed class RecoveryTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, Trait("spec", "engine.md 146; architecture.md 6: S1 S2")]
    [InlineData(1, 1)]
    [InlineData(2, 3)]
    public async Task A_running_job_goes_on_from_its_newest_checkpoint(int parallelism, int splits)
    {
        await using var node = new StoredEngine();
        await using var first = await node.StartAsync();
        var handle = await first.SubmitAsync($$"""
            env { parallelism = {{parallelism}}, checkpoint.interval = 10, job.retry.times = 0 }
            source { Numbers { rows = 100, splits = {{splits}}, hold = "for_release" } }
            sink { Collect {} }
            """);
        await first.Until(() => !node.Sink.Committed.IsEmpty);

        await using var second = await node.StartAsync();
        node.Source.Release();
        var ended = await second.EndOf(handle.JobId);
        ended.Status.ShouldBe(JobStatus.Finished, ended.ErrorText);
        node.Numbers.ShouldBe(Enumerable.Range(0, 100).Select(n => (long)n));
        (ended.Metrics.Read.Rows, ended.Metrics.Committed.Rows).ShouldBe((100, 100));
        ended.Submitted.ShouldBe(handle.View.Submitted);
    }

    [Fact]
    public async Task A_stop_of_the_node_cancels_no_job()
    {
        await using var node = new StoredEngine();
        long jobId;
        await using (var first = await node.StartAsync())
        {
            jobId = (await first.SubmitAsync("env { checkpoint.interval = 10 }\nsource { Numbers { rows = 20, hold = \"for_release\" } }\nsink { Collect {} }")).JobId;
            await first.Until(() => !node.Sink.Committed.IsEmpty);
        }
        node.Source.Release();
        await using var second = await node.StartAsync();
        (await second.EndOf(jobId)).Status.ShouldBe(JobStatus.Finished);
        node.Numbers.ShouldBe(Enumerable.Range(0, 20).Select(n => (long)n));
    }

    [Fact]
    public async Task Ended_jobs_are_remembered_as_they_were()
    {
        await using var node = new StoredEngine();
        JobView well, badly;
        await using (var first = await node.StartAsync())
        {
            well = await first.RunAsync("env { job.name = \"orders\" }\nsource { Numbers { rows = 10, tables = [\"db.a\", \"db.b\"] } }\nsink { Collect {} }");
            badly = await first.RunAsync("env { job.retry.times = 0 }\nsource { Numbers { rows = 10 } }\nsink { Collect { fail = \"in_write\" } }");
        }
        await using var second = await node.StartAsync();
        second.Engine.Ended.Select(job => job.JobId).ShouldBe([well.JobId, badly.JobId]);
        var again = second.Engine.Find(well.JobId).ShouldNotBeNull();
        (again.Name, again.Status, again.Submitted, again.Ended).ShouldBe((well.Name, well.Status, well.Submitted, well.Ended));
        again.Metrics.Read.Tables.Keys.ShouldBe(["db.a", "db.b"]);
        again.Metrics.Committed.Rows.ShouldBe(20);
        again.Pipelines[0].Vertices.Select(vertex => (vertex.Id, vertex.Type, vertex.Name)).ShouldBe(well.Pipelines[0].Vertices.Select(vertex => (vertex.Id, vertex.Type, vertex.Name)));
        second.Engine.Find(badly.JobId)!.ErrorText.ShouldBe(badly.ErrorText);
        (await Should.ThrowAsync<Core.ChunnelException>(() => second.SubmitAsync("env {}\nsource { Numbers {} }\nsink { Collect {} }", well.JobId))).Code.ShouldBe(EngineErrors.AlreadySubmitted);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_order_that_was_accepted_is_carried_out_by_the_next_process(bool hasCheckpoint)
    {
        await using var node = new StoredEngine();
        await using var first = await node.StartAsync();
        var interval = hasCheckpoint ? "checkpoint.interval = 10" : "";
        var handle = await first.SubmitAsync($$"""
            env { {{interval}} }
            source { Numbers { rows = 20, hold = "for_release" } }
            sink { Collect { hangs_at_close = true } }
            """);
        if (hasCheckpoint) await first.Until(() => !node.Sink.Committed.IsEmpty);
        else await first.Until(() => handle.View.Status == JobStatus.Running);
        (await first.Engine.CancelAsync(handle.JobId, Stop))!.Verdict.ShouldBe(OrderVerdict.Accepted);

        node.Sink.LetClose();
        await using var second = await node.StartAsync();
        var ended = await second.EndOf(handle.JobId);
        ended.Status.ShouldBe(JobStatus.Canceled, ended.ErrorText);
    }

    [Fact]
    public async Task A_job_whose_plug_in_cannot_be_made_yet_is_there_and_can_be_cancelled()
    {
        await using var node = new StoredEngine();
        await using var first = await node.StartAsync();
        var handle = await first.SubmitAsync("env {}\nsource { Numbers { rows = 20, hold = \"for_release\" } }\nsink { Collect {} }");
        node.Source.IsAway = true;
        await using var second = await node.StartAsync();
        second.Engine.Find(handle.JobId)!.Status.ShouldBe(JobStatus.Initializing);
        second.Engine.Live.Select(job => job.JobId).ShouldBe([handle.JobId]);
        await second.Until(() => second.Lines.Any(line => line.Contains("cannot go on yet", StringComparison.Ordinal)));
        (await second.Engine.CancelAsync(handle.JobId, Stop))!.Verdict.ShouldBe(OrderVerdict.Accepted);
        (await second.EndOf(handle.JobId)).Status.ShouldBe(JobStatus.Canceled);
    }

    [Fact, Trait("spec", "architecture.md 6: S4")]
    public async Task Who_has_lost_the_log_knows_it_and_commits_nothing_more()
    {
        await using var node = new StoredEngine();
        await using var first = await node.StartAsync();
        var handle = await first.SubmitAsync("env { checkpoint.interval = 10 }\nsource { Numbers { rows = 20, hold = \"for_release\" } }\nsink { Collect {} }");
        await using var second = await node.StartAsync();
        await first.Until(() => first.Engine.Fenced.IsCompleted);
        (await first.Engine.Fenced).Code.ShouldBe(StorageErrors.Fenced);
        node.Source.Release();
        (await second.EndOf(handle.JobId)).Status.ShouldBe(JobStatus.Finished);
        node.Numbers.ShouldBe(Enumerable.Range(0, 20).Select(n => (long)n));
    }

    [Fact]
    public async Task A_job_whose_shell_breaks_goes_on_from_the_log()
    {
        await using var node = new StoredEngine();
        await using var engine = await node.StartAsync();
        engine.BreakAt("pending checkpoint(2/1@");
        var handle = await engine.SubmitAsync("env { checkpoint.interval = 10 }\nsource { Numbers { rows = 20, hold = \"for_release\" } }\nsink { Collect {} }");
        await engine.Until(() => engine.Lines.Any(line => line.Contains("met a fault of Chunnel's own", StringComparison.Ordinal)));
        node.Source.Release();
        (await engine.EndOf(handle.JobId)).Status.ShouldBe(JobStatus.Finished);
        node.Numbers.ShouldBe(Enumerable.Range(0, 20).Select(n => (long)n));
    }

    [Fact]
    public async Task Without_a_log_a_job_whose_shell_breaks_has_failed_and_says_so()
    {
        await using var test = new EngineUnderTest();
        test.BreakAt("turned from state SCHEDULED to RUNNING");
        var ended = await test.RunAsync("env {}\nsource { Numbers { rows = 20 } }\nsink { Collect {} }");
        ended.Status.ShouldBe(JobStatus.Failed);
        ended.ErrorText.ShouldNotBeNull().ShouldContain("a fault of its own");
        test.Engine.Find(ended.JobId)!.Status.ShouldBe(JobStatus.Failed);
        test.Engine.Running.ShouldBeEmpty();
    }

    [Fact, Trait("spec", "architecture.md 6: L2")]
    public async Task An_order_that_comes_while_the_job_is_planned_anew_is_carried_out()
    {
        await using var node = new StoredEngine();
        await using var first = await node.StartAsync();
        var handle = await first.SubmitAsync("env { checkpoint.interval = 10 }\nsource { Numbers { rows = 20, hold = \"for_release\" } }\nsink { Collect {} }");
        await first.Until(() => !node.Sink.Committed.IsEmpty);
        var planned = new TaskCompletionSource();
        node.Source.Making = planned.Task;
        await using var second = await node.StartAsync();
        await node.Source.IsBeingMade.Task.WaitAsync(Stop);
        (await second.Engine.CancelAsync(handle.JobId, Stop))!.Verdict.ShouldBe(OrderVerdict.Accepted);
        planned.SetResult();
        (await second.EndOf(handle.JobId)).Status.ShouldBe(JobStatus.Canceled);
    }

    [Fact, Trait("spec", "architecture.md 6: L2")]
    public async Task Storage_that_does_not_answer_holds_up_no_cancel()
    {
        await using var node = new StoredEngine();
        StuckMedium? stuck = null;
        await using var engine = await node.StartAsync(medium => stuck = new StuckMedium(medium));
        var handle = await engine.SubmitAsync("env { checkpoint.interval = 10 }\nsource { Numbers { rows = 20, hold = \"for_release\" } }\nsink { Collect {} }");
        await stuck!.IsStuck.Task.WaitAsync(Stop);
        (await engine.Engine.CancelAsync(handle.JobId, Stop))!.Verdict.ShouldBe(OrderVerdict.Accepted);
        (await engine.EndOf(handle.JobId)).Status.ShouldBe(JobStatus.Canceled);
    }
}
