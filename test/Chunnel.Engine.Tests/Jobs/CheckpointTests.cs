using Chunnel.Control;

namespace Chunnel.Engine.Tests;

/// <summary>Periodic checkpoints through the whole engine: what is complete is committed once, whatever happens after it. Spec engine.md 6, 7.1.</summary>
public sealed class CheckpointTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact, Trait("spec", "engine.md 6.3, 111")]
    public async Task Rows_appear_with_their_checkpoint_while_the_job_runs()
    {
        await using var test = new EngineUnderTest();
        var handle = await test.SubmitAsync("""
            env { checkpoint.interval = 10 }
            source { Numbers { rows = 10, hold = "before_end" } }
            sink { Collect {} }
            """);
        await test.Until(() => test.Sink.Committed.Count == 10);
        handle.View.Status.ShouldBe(JobStatus.Running);
        Numbers(test).ShouldBe(Enumerable.Range(0, 10).Select(n => (long)n));
        await test.Engine.CancelAsync(handle.JobId, Stop);
        (await handle.Ended).Status.ShouldBe(JobStatus.Canceled);
        Numbers(test).Count.ShouldBe(10);
    }

    [Theory, Trait("spec", "engine.md 115; architecture.md 6: S1 S2 S7")]
    [InlineData(1, 1)]
    [InlineData(2, 3)]
    public async Task A_failure_after_a_checkpoint_costs_no_row_and_doubles_none(int parallelism, int splits)
    {
        await using var test = new EngineUnderTest();
        var ended = await test.RunAsync($$"""
            env { parallelism = {{parallelism}}, checkpoint.interval = 10, job.retry.interval.seconds = 0 }
            source { Numbers { rows = 100, splits = {{splits}}, hold = "for_checkpoint", fail_at = 50, fail_times = 1 } }
            transform { Odd {} }
            sink { Collect {} }
            """);
        ended.Status.ShouldBe(JobStatus.Finished, ended.ErrorText);
        ended.Pipelines[0].Restores.ShouldBe(1);
        Numbers(test).ShouldBe(Enumerable.Range(0, 100).Select(n => (long)n).Where(n => n % 2 == 1));
        test.Sink.Calls.ShouldContain("commit again");
        (ended.Metrics.Read.Rows, ended.Metrics.Written.Rows, ended.Metrics.LeftOut.Rows, ended.Metrics.Committed.Rows).ShouldBe((100, 50, 50, 50));
    }

    /// <summary>What the coordinator knows to be complete is visible, also when the job is cancelled in the middle of the commit.</summary>
    [Fact, Trait("spec", "architecture.md 6: S1")]
    public async Task A_cancel_in_the_middle_of_a_commit_does_not_lose_it()
    {
        await using var test = new EngineUnderTest();
        var handle = await test.SubmitAsync("""
            env { checkpoint.interval = 10 }
            source { Numbers { rows = 10, hold = "before_end" } }
            sink { Collect { fail = "commit_waits" } }
            """);
        await test.Sink.CommitWaits.Task.WaitAsync(Stop);
        await test.Engine.CancelAsync(handle.JobId, Stop);
        (await handle.Ended).Status.ShouldBe(JobStatus.Canceled);
        var complete = Enumerable.Range(1, 99).Last(id => test.Lines.Any(line => line.Contains($"pending checkpoint({id}/1@", StringComparison.Ordinal)));
        Numbers(test).Count.ShouldBe(test.Sink.Prepared.Where(prepared => prepared.Checkpoint <= complete).Sum(prepared => prepared.Rows));
        test.Sink.Calls.Count(call => call == "commit").ShouldBe(2);
    }

    [Fact, Trait("spec", "engine.md 6.9")]
    public async Task A_savepoint_between_two_checkpoints_ends_the_job_with_everything_read_committed()
    {
        await using var test = new EngineUnderTest();
        var handle = await test.SubmitAsync("""
            env { checkpoint.interval = 10 }
            source { Numbers { rows = 10, hold = "before_end" } }
            sink { Collect {} }
            """);
        await test.Sink.FirstWrite.Task.WaitAsync(Stop);
        await test.Engine.StopWithSavepointAsync(handle.JobId, Stop);
        var ended = await handle.Ended;
        ended.Status.ShouldBe(JobStatus.SavepointDone);
        Numbers(test).Count.ShouldBe((int)ended.Metrics.Read.Rows);
    }

    private static List<long> Numbers(EngineUnderTest test) => [.. test.Sink.Committed.Select(row => row.Number).Order()];
}
