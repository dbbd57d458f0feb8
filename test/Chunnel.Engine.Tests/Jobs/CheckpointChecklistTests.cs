using System.Text.RegularExpressions;
using Chunnel.Control;

namespace Chunnel.Engine.Tests;

/// <summary>What engine.md 6 promises of checkpoints, savepoints and their files, through the whole engine on a disk. The numbers are those of its checklist.</summary>
public sealed partial class CheckpointChecklistTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact, Trait("spec", "engine.md 102, 106")]
    public async Task A_streaming_job_takes_one_an_interval_numbered_from_one()
    {
        await using var node = new StoredEngine();
        await using var engine = await node.StartAsync();
        var handle = await engine.SubmitAsync("""
            env { job.mode = STREAMING, checkpoint.interval = 50 }
            source { Numbers { rows = 10, endless = true, hold = "before_end" } }
            sink { Collect {} }
            """);
        await engine.Until(() => Checkpoints(handle.View).Count >= 3);
        var past = Checkpoints(handle.View);
        past.Select(checkpoint => checkpoint.Id).Take(3).ShouldBe([1, 2, 3]);
        for (var number = 1; number < 3; number++) (past[number].TriggeredAt - past[number - 1].TriggeredAt).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromMilliseconds(50));
        node.FilesOf(handle.JobId).ShouldNotBeEmpty();
        node.FilesOf(handle.JobId).ShouldAllBe(name => FileName().IsMatch(name));
        await engine.Engine.CancelAsync(handle.JobId, Stop);
        await handle.Ended;
    }

    [Fact, Trait("spec", "engine.md 103, 110")]
    public async Task A_batch_job_without_an_interval_says_so_and_writes_no_file_and_its_timeout_is_nothing()
    {
        await using var node = new StoredEngine();
        await using var engine = await node.StartAsync();
        var handle = await engine.SubmitAsync("""
            env { checkpoint.timeout = 10 }
            source { Numbers { rows = 10, hold = "before_end" } }
            sink { Collect {} }
            """);
        await node.Sink.FirstWrite.Task.WaitAsync(Stop);
        engine.Lines.ShouldContain(line => line.Contains("checkpoint is disabled, because in batch mode and 'checkpoint.interval' of env is missing.", StringComparison.Ordinal));
        node.FilesOf(handle.JobId).ShouldBeEmpty();
        await engine.Engine.CancelAsync(handle.JobId, Stop);
        (await handle.Ended).Status.ShouldBe(JobStatus.Canceled);
        new CheckpointSettings().PolicyFor(EngineUnderTest.Define("env { checkpoint.timeout = 10 }\nsource { Numbers {} }\nsink { Collect {} }").Env).Timeout.ShouldBe(new CheckpointPolicy().Timeout);
    }

    [Fact, Trait("spec", "engine.md 104, 107")]
    public async Task A_batch_job_with_an_interval_keeps_the_newest_while_it_runs()
    {
        await using var node = new StoredEngine();
        await using var engine = await node.StartAsync();
        var handle = await engine.SubmitAsync("""
            env { checkpoint.interval = 10 }
            source { Numbers { rows = 10, hold = "before_end" } }
            sink { Collect {} }
            """);
        await engine.Until(() => node.IdsOf(handle.JobId) is { Count: > 0 } ids && ids[^1] >= 8);
        var kept = node.IdsOf(handle.JobId);
        kept.Count.ShouldBeLessThanOrEqualTo(2 * StoredEngine.MaxRetained);
        kept.TakeLast(StoredEngine.MaxRetained).ShouldBe(Enumerable.Range((int)kept[^1] - StoredEngine.MaxRetained + 1, StoredEngine.MaxRetained).Select(id => (long)id));
        await engine.Engine.CancelAsync(handle.JobId, Stop);
        await handle.Ended;
    }

    [Theory, Trait("spec", "engine.md 108")]
    [InlineData("FINISHED", false)]
    [InlineData("CANCELED", false)]
    [InlineData("FAILED", true)]
    [InlineData("SAVEPOINT_DONE", true)]
    public async Task What_can_be_gone_on_with_stays_and_the_rest_goes(string end, bool stays)
    {
        await using var node = new StoredEngine();
        await using var engine = await node.StartAsync();
        var handle = await engine.SubmitAsync($$"""
            env { checkpoint.interval = 10, job.retry.times = 0 }
            source { Numbers { rows = 20, hold = "{{(end == "FAILED" ? "for_checkpoint" : "for_release")}}", fail_at = {{(end == "FAILED" ? 15 : -1)}} } }
            sink { Collect {} }
            """);
        await engine.Until(() => node.FilesOf(handle.JobId).Count > 0);
        if (end == "FINISHED") node.Source.Release();
        if (end == "CANCELED") await engine.Engine.CancelAsync(handle.JobId, Stop);
        if (end == "SAVEPOINT_DONE") await engine.Engine.StopWithSavepointAsync(handle.JobId, Stop);
        (await handle.Ended).Status.Name.ShouldBe(end);
        node.HasFolderOf(handle.JobId).ShouldBe(stays);
        (node.FilesOf(handle.JobId).Count > 0).ShouldBe(stays);
    }

    [Fact, Trait("spec", "engine.md 114")]
    public async Task A_committer_that_returns_failures_costs_the_attempt_and_the_pipeline_is_restored()
    {
        await using var test = new EngineUnderTest();
        var ended = await test.RunAsync("""
            env { checkpoint.interval = 10, job.retry.times = 1, job.retry.interval.seconds = 0 }
            source { Numbers { rows = 10, hold = "before_end" } }
            sink { Collect { fail = "in_commit" } }
            """);
        ended.Status.ShouldBe(JobStatus.Failed);
        ended.ErrorText.ShouldNotBeNull().ShouldContain("Aggregate commit error");
        test.Lines.ShouldContain(line => line.Contains("Restore time 1, pipeline", StringComparison.Ordinal));
        test.Sink.Calls.ShouldContain("commit again");
    }

    [Fact, Trait("spec", "engine.md 116")]
    public async Task Ids_go_on_rising_after_a_restore()
    {
        await using var node = new StoredEngine();
        await using var engine = await node.StartAsync();
        var handle = await engine.SubmitAsync("""
            env { checkpoint.interval = 10, job.retry.interval.seconds = 0 }
            source { Changing { rows = 40, changes_at = ["30"], fail_at = 20, hold_at = 20 } }
            sink { Ledger {} }
            """);
        await engine.Until(() => Checkpoints(handle.View).Count > 0);
        var before = Checkpoints(handle.View)[^1].Id;
        node.Changing.Release();
        var ended = await handle.Ended;
        ended.Status.ShouldBe(JobStatus.Finished, ended.ErrorText);
        ended.Pipelines[0].Restores.ShouldBe(1);
        // at row 30 there are two more, whatever the time
        var ids = ended.Pipelines[0].Checkpoints.History.Past.Reverse().Select(past => past.Id).Where(id => id != CheckpointState.CompletedPointId).ToList();
        ids.ShouldBe(ids.Order());
        ids.Distinct().Count().ShouldBe(ids.Count);
        ids[^1].ShouldBeGreaterThan(before);
        node.Ledger.Rows.Select(row => row.Number).ShouldBe(Enumerable.Range(0, 40).Select(number => (long)number));
    }

    [Theory, Trait("spec", "engine.md 117, 119, 122")]
    [InlineData("checkpoint.interval = 60000")]
    [InlineData("")]
    public async Task A_savepoint_leaves_a_file_and_is_gone_on_with_under_the_same_id(string interval)
    {
        await using var node = new StoredEngine();
        await using var engine = await node.StartAsync();
        var job = $$"""
            env { {{interval}} }
            source { Numbers { rows = 20, hold = "for_release" } }
            sink { Collect {} }
            """;
        var handle = await engine.SubmitAsync(job);
        await node.Sink.FirstWrite.Task.WaitAsync(Stop);
        (await engine.Engine.StopWithSavepointAsync(handle.JobId, Stop))!.Verdict.ShouldBe(OrderVerdict.Accepted);
        (await handle.Ended).Status.ShouldBe(JobStatus.SavepointDone);
        node.IdsOf(handle.JobId).ShouldBe([1]);
        var committed = node.Numbers;
        committed.ShouldNotBeEmpty();

        node.Source.Release();
        var again = await engine.Engine.SubmitAsync(new JobSubmission { Definition = EngineUnderTest.Define(job), JobId = handle.JobId, StartsFromSavepoint = true }, Stop);
        var ended = await again.Ended;
        (ended.Status, ended.JobId).ShouldBe((JobStatus.Finished, handle.JobId));
        node.Numbers.ShouldBe(Enumerable.Range(0, 20).Select(number => (long)number));
        (ended.Metrics.Read.Rows, ended.Metrics.Committed.Rows).ShouldBe((20, 20));
    }

    [Theory, Trait("spec", "engine.md 120")]
    [InlineData(1, 3)]
    [InlineData(3, 2)]
    public async Task Gone_on_with_by_more_or_fewer_readers_every_split_is_read_once(int before, int after)
    {
        await using var node = new StoredEngine();
        await using var engine = await node.StartAsync();
        string Job(int parallelism) => $$"""
            env { parallelism = {{parallelism}} }
            source { Numbers { rows = 60, splits = 5, hold = "for_release" } }
            sink { Collect {} }
            """;
        var handle = await engine.SubmitAsync(Job(before));
        await node.Sink.FirstWrite.Task.WaitAsync(Stop);
        await engine.Engine.StopWithSavepointAsync(handle.JobId, Stop);
        (await handle.Ended).Status.ShouldBe(JobStatus.SavepointDone);
        node.Source.Release();
        var again = await engine.Engine.SubmitAsync(new JobSubmission { Definition = EngineUnderTest.Define(Job(after)), JobId = handle.JobId, StartsFromSavepoint = true }, Stop);
        (await again.Ended).Status.ShouldBe(JobStatus.Finished);
        node.Numbers.ShouldBe(Enumerable.Range(0, 60).Select(number => (long)number));
    }

    [Fact, Trait("spec", "engine.md 121")]
    public async Task With_nothing_stored_it_starts_afresh()
    {
        await using var node = new StoredEngine();
        await using var engine = await node.StartAsync();
        var definition = EngineUnderTest.Define("env {}\nsource { Numbers { rows = 10 } }\nsink { Collect {} }");
        var handle = await engine.Engine.SubmitAsync(new JobSubmission { Definition = definition, JobId = 77, StartsFromSavepoint = true }, Stop);
        (await handle.Ended).Status.ShouldBe(JobStatus.Finished);
        node.Numbers.Count.ShouldBe(10);
    }

    [Fact, Trait("spec", "engine.md 124")]
    public async Task Two_pipelines_take_theirs_apart_from_each_other()
    {
        await using var node = new StoredEngine();
        await using var engine = await node.StartAsync();
        // the second pipeline never acknowledges: its sink is busy for ever
        var handle = await engine.SubmitAsync("""
            env { checkpoint.interval = 10, checkpoint.timeout = 600000 }
            source {
              Numbers { plugin_output = "a", rows = 10, hold = "before_end" }
              Numbers { plugin_output = "b", rows = 10, hold = "before_end" }
            }
            sink {
              Collect { plugin_input = "a" }
              Collect { plugin_input = "b", hangs = true }
            }
            """);
        await engine.Until(() => handle.View.Pipelines is [var one, _] && one.Checkpoints.History.Completed >= 3);
        handle.View.Pipelines[1].Checkpoints.History.Completed.ShouldBe(0);
        await engine.Engine.CancelAsync(handle.JobId, Stop);
        await handle.Ended;
    }

    private static List<PastCheckpoint> Checkpoints(JobView job) => [.. job.Pipelines[0].Checkpoints.History.Past.Reverse().Where(past => past.Type == CheckpointType.Checkpoint && past.Outcome == CheckpointOutcome.Completed)];

    [GeneratedRegex(@"^\d{13}-\d{1,3}-1-\d+\.ser$")]
    private static partial Regex FileName();
}
