using Chunnel.Control;

namespace Chunnel.Engine.Tests;

/// <summary>Savepoints that a job runs on after: what has been read is committed and kept, and nothing ends.</summary>
public sealed class PassingSavepointTests
{
    private const string Rows = "source { Numbers { rows = 20, hold = \"for_release\" } }\nsink { Collect {} }";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact, Trait("spec", "engine.md 122")]
    public async Task Without_periodic_checkpoints_what_was_read_is_committed_and_the_job_reads_on()
    {
        await using var node = new StoredEngine();
        await using var engine = await node.StartAsync();
        var handle = await engine.SubmitAsync($"env {{}}\n{Rows}");
        await engine.Until(() => handle.View.Metrics.Read.Rows > 0);
        await SaveAsync(engine, handle);
        await engine.Until(() => handle.View.Metrics.Committed.Rows > 0 && node.Numbers.Count == handle.View.Metrics.Committed.Rows);
        handle.View.Status.ShouldBe(JobStatus.Running);
        node.FilesOf(handle.JobId).ShouldHaveSingleItem().ShouldEndWith("-1-savepoint.ser");

        node.Source.Release();
        (await handle.Ended).Status.ShouldBe(JobStatus.Finished);
        node.Numbers.ShouldBe(Enumerable.Range(0, 20).Select(n => (long)n));
        node.FilesOf(handle.JobId).ShouldBeEmpty();
    }

    [Fact]
    public async Task In_the_first_moment_of_a_job_it_is_taken_as_soon_as_its_tasks_run()
    {
        await using var node = new StoredEngine();
        await using var engine = await node.StartAsync();
        var handle = await engine.SubmitAsync($"env {{}}\n{Rows}");
        await SaveAsync(engine, handle);
        handle.View.Status.ShouldBe(JobStatus.Running);
        await engine.Engine.CancelAsync(handle.JobId, Stop);
        (await handle.Ended).Status.ShouldBe(JobStatus.Canceled);
    }

    [Fact]
    public async Task After_a_cancel_it_is_what_the_job_is_gone_on_from()
    {
        await using var node = new StoredEngine();
        await using var engine = await node.StartAsync();
        var handle = await engine.SubmitAsync($"env {{ checkpoint.interval = 10 }}\n{Rows}");
        await engine.Until(() => handle.View.Metrics.Read.Rows > 0);
        await SaveAsync(engine, handle);
        var saved = LastSavepoint(handle.View)!.Id;
        // Checkpoints that follow push out one another, and not the savepoint.
        await engine.Until(() => node.IdsOf(handle.JobId).Count(id => id > saved) == StoredEngine.MaxRetained && node.IdsOf(handle.JobId)[^1] > saved + StoredEngine.MaxRetained);
        node.IdsOf(handle.JobId)[0].ShouldBe(saved);
        await engine.Engine.CancelAsync(handle.JobId, Stop);
        (await handle.Ended).Status.ShouldBe(JobStatus.Canceled);
        node.IdsOf(handle.JobId).ShouldBe([saved]);
        node.Numbers.Count.ShouldBeLessThan(20);

        node.Source.Release();
        var again = await engine.Engine.SubmitAsync(new JobSubmission { Definition = EngineUnderTest.Define($"env {{}}\n{Rows}"), JobId = handle.JobId, StartsFromSavepoint = true }, Stop);
        var ended = await again.Ended;
        ended.Status.ShouldBe(JobStatus.Finished, ended.ErrorText);
        ended.Pipelines[0].Checkpoints.History.Restored.ShouldBe(1);
        node.Numbers.Distinct().ShouldBe(Enumerable.Range(0, 20).Select(n => (long)n));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task One_that_cannot_get_its_name_gets_it_later_whatever_follows(bool isKilled)
    {
        await using var node = new StoredEngine();
        NamelessMedium? medium = null;
        await using var engine = await node.StartAsync(inner => medium = new NamelessMedium(inner));
        var handle = await engine.SubmitAsync($"env {{ checkpoint.interval = 10 }}\n{Rows}");
        await engine.Until(() => handle.View.Metrics.Read.Rows > 0);
        await SaveAsync(engine, handle);
        var saved = LastSavepoint(handle.View)!.Id;
        await engine.Until(() => handle.View.Pipelines[0].Checkpoints.History.LatestCompleted!.Id > saved + StoredEngine.MaxRetained);
        node.IdsOf(handle.JobId).ShouldNotContain(saved);
        if (!isKilled) medium!.LetName();
        await using var second = isKilled ? await node.StartAsync() : null;
        await engine.Until(() => node.IdsOf(handle.JobId).Contains(saved));
        await (second ?? engine).Until(() => node.IdsOf(handle.JobId).Count > 1);
        node.FilesOf(handle.JobId).ShouldContain(name => name.EndsWith($"-{saved}-savepoint.ser", StringComparison.Ordinal));
        node.Source.Release();
        (await (second ?? engine).EndOf(handle.JobId)).Status.ShouldBe(JobStatus.Finished);
        node.Numbers.ShouldBe(Enumerable.Range(0, 20).Select(n => (long)n));
    }

    [Fact]
    public async Task An_order_that_was_accepted_is_carried_out_by_the_next_process()
    {
        await using var node = new StoredEngine();
        await using var first = await node.StartAsync();
        var handle = await first.SubmitAsync($"env {{}}\n{Rows}");
        node.Source.IsAway = true;
        await using var second = await node.StartAsync();
        await second.Until(() => second.Lines.Any(line => line.Contains("cannot go on yet", StringComparison.Ordinal)));
        (await second.Engine.TakeSavepointAsync(handle.JobId, Stop))!.Verdict.ShouldBe(OrderVerdict.Accepted);

        // The next one begins the log anew with what it adds up to; the one after that has nothing else to know it by.
        await using (var third = await node.StartAsync()) third.Engine.Find(handle.JobId)!.Status.ShouldBe(JobStatus.Initializing);
        node.Source.IsAway = false;
        await using var last = await node.StartAsync();
        await last.Until(() => LastSavepoint(last.Engine.Find(handle.JobId)!) is not null);
        last.Engine.Find(handle.JobId)!.Status.ShouldBe(JobStatus.Running);
        node.Source.Release();
        (await last.EndOf(handle.JobId)).Status.ShouldBe(JobStatus.Finished);
        node.Numbers.ShouldBe(Enumerable.Range(0, 20).Select(n => (long)n));
    }

    [Fact]
    public async Task An_order_that_comes_while_the_job_is_planned_anew_is_carried_out_when_it_runs()
    {
        await using var node = new StoredEngine();
        await using var first = await node.StartAsync();
        var handle = await first.SubmitAsync($"env {{}}\n{Rows}");
        node.Source.IsAway = true;
        await using var second = await node.StartAsync();
        await second.Until(() => second.Lines.Any(line => line.Contains("cannot go on yet", StringComparison.Ordinal)));
        await second.Engine.TakeSavepointAsync(handle.JobId, Stop);
        node.Source.IsAway = false;
        await second.Until(() => LastSavepoint(second.Engine.Find(handle.JobId)!) is not null);
        node.Source.Release();
        (await second.EndOf(handle.JobId)).Status.ShouldBe(JobStatus.Finished);
        node.Numbers.ShouldBe(Enumerable.Range(0, 20).Select(n => (long)n));
    }

    [Fact]
    public async Task Of_a_job_that_is_not_there_or_has_ended_there_is_none()
    {
        await using var node = new StoredEngine();
        await using var engine = await node.StartAsync();
        (await engine.Engine.TakeSavepointAsync(1, Stop)).ShouldBeNull();
        var ended = await engine.RunAsync("env {}\nsource { Numbers { rows = 1 } }\nsink { Collect {} }");
        (await engine.Engine.TakeSavepointAsync(ended.JobId, Stop)).ShouldBeNull();
    }

    private static async Task SaveAsync(EngineUnderTest engine, JobHandle handle)
    {
        (await engine.Engine.TakeSavepointAsync(handle.JobId, Stop))!.Verdict.ShouldBe(OrderVerdict.Accepted);
        await engine.Until(() => LastSavepoint(handle.View) is not null);
    }

    private static PastCheckpoint? LastSavepoint(JobView job) => job.Pipelines.Select(pipeline => pipeline.Checkpoints.History.LatestSavepoint).FirstOrDefault();
}
