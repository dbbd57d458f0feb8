using Chunnel.Control;

namespace Chunnel.Engine.Tests;

/// <summary>What engine.md promises of a job's life beside checkpoints, through the whole engine. The numbers are those of its checklist.</summary>
public sealed class LifecycleChecklistTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, Trait("spec", "engine.md 81, 82")]
    [InlineData("env { parallelism = 1 }", 1)]
    [InlineData("env { parallelism = 3, checkpoint.interval = 10 }", 3)]
    public async Task No_row_is_lost_between_tasks_and_those_of_one_subtask_keep_their_order(string env, int splits)
    {
        await using var test = new EngineUnderTest();
        var ended = await test.RunAsync($$"""
            {{env}}
            source { Numbers { rows = 3000, batch = 7, splits = {{splits}} } }
            transform { Odd {} }
            sink { Collect {} }
            """);
        ended.Status.ShouldBe(JobStatus.Finished, ended.ErrorText);
        test.Sink.Written.Select(row => row.Number).Order().ShouldBe(Enumerable.Range(0, 3000).Where(number => number % 2 == 1).Select(number => (long)number));
        foreach (var subtask in test.Sink.Written.GroupBy(row => row.Subtask)) subtask.Select(row => row.Number).ShouldBe(subtask.Select(row => row.Number).Order());
        test.Sink.Written.Select(row => row.Subtask).Distinct().Count().ShouldBe(splits);
    }

    [Fact, Trait("spec", "engine.md 84, 86, 91")]
    public async Task A_bounded_job_finishes_and_a_cancel_after_that_changes_nothing()
    {
        await using var test = new EngineUnderTest();
        var ended = await test.RunAsync("env {}\nsource { Numbers { rows = 10 } }\nsink { Collect {} }");
        ended.Status.ShouldBe(JobStatus.Finished);
        (await test.Engine.CancelAsync(ended.JobId, Stop))?.Verdict.ShouldBe(OrderVerdict.TooLate);
        test.Engine.Find(ended.JobId)!.Status.ShouldBe(JobStatus.Finished);
    }

    [Fact, Trait("spec", "engine.md 87, 88, 118")]
    public async Task Of_an_id_that_nobody_knows_there_is_nothing_and_nothing_happens()
    {
        await using var test = new EngineUnderTest();
        test.Engine.Find(404).ShouldBeNull();
        (await test.Engine.CancelAsync(404, Stop)).ShouldBeNull();
        (await test.Engine.StopWithSavepointAsync(404, Stop)).ShouldBeNull();
    }

    [Fact, Trait("spec", "engine.md 92, 94")]
    public async Task A_job_has_the_id_that_it_is_given_and_a_second_submit_of_it_starts_nothing()
    {
        await using var test = new EngineUnderTest();
        const string Job = "env {}\nsource { Numbers { rows = 10, hold = \"before_end\" } }\nsink { Collect {} }";
        var handle = await test.SubmitAsync(Job, jobId: 123);
        handle.JobId.ShouldBe(123);
        (await test.SubmitAsync(Job, jobId: 123)).ShouldBe(handle);
        test.Engine.Running.ShouldHaveSingleItem();
        await test.Engine.CancelAsync(123, Stop);
        (await handle.Ended).Status.ShouldBe(JobStatus.Canceled);
    }

    [Fact, Trait("spec", "engine.md 100")]
    public async Task Only_the_pipeline_that_failed_is_restored()
    {
        await using var test = new EngineUnderTest();
        var handle = await test.SubmitAsync("""
            env { job.retry.interval.seconds = 0 }
            source {
              Numbers { plugin_output = "a", rows = 10, hold = "before_end" }
              Numbers { plugin_output = "b", rows = 10, fail_at = 5, fail_times = 1, hold = "before_end" }
            }
            sink {
              Collect { plugin_input = "a" }
              Collect { plugin_input = "b" }
            }
            """);
        await test.Until(() => handle.View.Pipelines is [_, { Restores: 1, Status: PipelineStatus.Running }]);
        (handle.View.Pipelines[0].Restores, handle.View.Status).ShouldBe((0, JobStatus.Running));
        test.Lines.ShouldNotContain(line => line.Contains("Pipeline: [(1/2)] turned from state RUNNING", StringComparison.Ordinal));
        await test.Engine.CancelAsync(handle.JobId, Stop);
        await handle.Ended;
    }

    [Fact, Trait("spec", "engine.md 150")]
    public async Task An_ended_job_is_forgotten_after_its_time()
    {
        var clock = new ClockAhead();
        await using var test = new EngineUnderTest(clock);
        var ended = await test.RunAsync("env {}\nsource { Numbers { rows = 10 } }\nsink { Collect {} }");
        test.Engine.Find(ended.JobId).ShouldNotBeNull();
        clock.Ahead = new EngineSettings().HistoryExpires + TimeSpan.FromMinutes(1);
        test.Engine.Ended.ShouldBeEmpty();
        test.Engine.Find(ended.JobId).ShouldBeNull();
    }

    /// <summary>The true time, and as much more as a test says.</summary>
    private sealed class ClockAhead : TimeProvider
    {
        public TimeSpan Ahead { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Ahead;
    }
}
