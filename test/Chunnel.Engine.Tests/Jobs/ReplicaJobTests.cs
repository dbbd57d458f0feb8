using Chunnel.Control;

namespace Chunnel.Engine.Tests;

/// <summary>Jobs whose sink has several replicas of its writers: <c>multi_table_sink_replica</c>.</summary>
public sealed class ReplicaJobTests
{
    [Fact]
    public async Task Every_row_of_every_table_is_committed_once_and_counted_once()
    {
        await using var test = new EngineUnderTest();
        var ended = await test.RunAsync("""
            env { parallelism = 2 }
            source { Numbers { rows = 1000, splits = 4, batch = 7, tables = ["a", "b"] } }
            sink { Collect { multi_table_sink_replica = 3 } }
            """);
        ended.ErrorText.ShouldBeNull();
        ended.Status.ShouldBe(JobStatus.Finished);
        test.Sink.Committed.OrderBy(row => row.Table).ThenBy(row => row.Number)
            .ShouldBe(new[] { "a", "b" }.SelectMany(table => Enumerable.Range(0, 1000).Select(number => (table, (long)number))));
        ended.Metrics.Written.Rows.ShouldBe(2000);
        ended.Metrics.Committed.Rows.ShouldBe(2000);
        ended.Metrics.Committed.Bytes.ShouldBe(ended.Metrics.Read.Bytes);
        test.Sink.Calls.Count(call => call == "prepare").ShouldBe(2 * 3 * 2, "subtasks, replicas, tables");
        test.Sink.Calls.Count(call => call == "close").ShouldBe(2 * 3 * 2);
        test.Sink.Subtasks.Distinct().Order().ShouldBe(Enumerable.Range(0, 6).Select(subtask => (subtask, 6)));
    }

    [Theory]
    [InlineData("in_write", "the disk is full")]
    [InlineData("in_prepare", "cannot prepare")]
    public async Task What_a_replica_meets_fails_the_job(string where, string why)
    {
        await using var test = new EngineUnderTest();
        var ended = await test.RunAsync($$"""
            env { job.retry.times = 0 }
            source { Numbers { rows = 100, batch = 10 } }
            sink { Collect { multi_table_sink_replica = 2, fail = {{where}} } }
            """);
        ended.Status.ShouldBe(JobStatus.Failed);
        ended.ErrorText!.ShouldContain(why);
        test.Sink.Committed.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_cancelled_job_lets_go_of_its_replicas()
    {
        await using var test = new EngineUnderTest();
        var handle = await test.SubmitAsync("""
            env {}
            source { Numbers { rows = 100000, batch = 100 } }
            sink { Collect { multi_table_sink_replica = 2, hangs = true } }
            """);
        await test.Sink.FirstWrite.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        await test.Engine.CancelAsync(handle.JobId, TestContext.Current.CancellationToken);
        (await handle.Ended.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken)).Status.ShouldBe(JobStatus.Canceled);
    }
}
