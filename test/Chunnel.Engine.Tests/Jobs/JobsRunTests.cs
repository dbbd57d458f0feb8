using Chunnel.Control;

namespace Chunnel.Engine.Tests;

/// <summary>Jobs through the whole engine: planning, control core, loops, commits. Spec engine.md 2 to 4, 6.5, 7.1.</summary>
public sealed class JobsRunTests
{
    [Fact]
    public async Task Every_number_is_committed_once()
    {
        await using var test = new EngineUnderTest();
        var ended = await test.RunAsync("""
            env { job.name = "count" }
            source { Numbers { rows = 1000, batch = 7 } }
            sink { Collect {} }
            """);
        ended.Status.ShouldBe(JobStatus.Finished);
        ended.ErrorText.ShouldBeNull();
        Numbers(test).ShouldBe(Enumerable.Range(0, 1000).Select(n => (long)n));
        ended.Metrics.Read.Rows.ShouldBe(1000);
        ended.Metrics.Written.Rows.ShouldBe(1000);
        ended.Metrics.Committed.Rows.ShouldBe(1000);
    }

    /// <summary>R1: a timer that waits for a deadline would keep the whole job in memory.</summary>
    [Fact]
    public async Task An_ended_job_leaves_no_timer()
    {
        var clock = new TimerCount();
        await using var test = new EngineUnderTest(clock);
        var ofTheEngine = clock.Held;
        for (var job = 0; job < 5; job++)
        {
            (await test.RunAsync("env {} \n source { Numbers { rows = 10 } } \n sink { Collect {} }")).Status.ShouldBe(JobStatus.Finished);
        }
        clock.Held.ShouldBe(ofTheEngine);
    }

    /// <summary>rest-api.md 6.8: the id of an ended job is refused at once, also while the job lets go; from a savepoint it lives again.</summary>
    [Fact]
    public async Task An_id_is_used_once_unless_it_goes_on_from_a_savepoint()
    {
        await using var test = new EngineUnderTest();
        var definition = EngineUnderTest.Define("env {} \n source { Numbers { rows = 10 } } \n sink { Collect {} }");
        var submission = new JobSubmission { Definition = definition, JobId = 7 };
        await (await test.Engine.SubmitAsync(submission, TestContext.Current.CancellationToken)).Ended;
        (await Should.ThrowAsync<Chunnel.Core.ChunnelException>(() => test.Engine.SubmitAsync(submission, TestContext.Current.CancellationToken))).Code.ShouldBe(EngineErrors.AlreadySubmitted);
        var again = await test.Engine.SubmitAsync(submission with { StartsFromSavepoint = true }, TestContext.Current.CancellationToken);
        (await again.Ended).Status.ShouldBe(JobStatus.Finished);
    }

    [Fact]
    public async Task An_engine_that_has_closed_takes_no_job()
    {
        var test = new EngineUnderTest();
        await test.DisposeAsync();
        (await Should.ThrowAsync<Chunnel.Core.ChunnelException>(() => test.SubmitAsync("env {} \n source { Numbers { rows = 10 } } \n sink { Collect {} }"))).Code.ShouldBe(EngineErrors.GoingDown);
        test.Engine.Running.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public async Task Parallel_readers_share_the_splits(int parallelism)
    {
        await using var test = new EngineUnderTest();
        var ended = await test.RunAsync($$"""
            env { parallelism = {{parallelism}} }
            source { Numbers { rows = 100, splits = 3 } }
            sink { Collect {} }
            """);
        ended.Status.ShouldBe(JobStatus.Finished);
        Numbers(test).ShouldBe(Enumerable.Range(0, 100).Select(n => (long)n));
    }

    [Fact]
    public async Task What_is_read_is_written_or_left_out() // S7
    {
        await using var test = new EngineUnderTest();
        var ended = await test.RunAsync("""
            env {}
            source { Numbers { rows = 101 } }
            transform { Odd {} }
            sink { Collect {} }
            """);
        ended.Metrics.Read.Rows.ShouldBe(101);
        ended.Metrics.Written.Rows.ShouldBe(50);
        ended.Metrics.LeftOut.Rows.ShouldBe(51);
        Numbers(test).ShouldAllBe(n => n % 2 == 1);
    }

    [Fact]
    [Trait("spec", "engine.md 35")]
    public async Task Every_sink_of_a_fan_out_sees_every_row()
    {
        await using var test = new EngineUnderTest();
        var ended = await test.RunAsync("""
            env {}
            source { Numbers { rows = 20, plugin_output = "n" } }
            sink { Collect { plugin_input = "n" }, Collect { plugin_input = "n" } }
            """);
        ended.Status.ShouldBe(JobStatus.Finished);
        ended.Pipelines.Count.ShouldBe(1);
        Numbers(test).Count.ShouldBe(40);
        ended.Metrics.Written.Rows.ShouldBe(40);
    }

    [Fact]
    [Trait("spec", "engine.md 33, 78")]
    public async Task A_fan_in_becomes_a_pipeline_for_each_way()
    {
        await using var test = new EngineUnderTest();
        var ended = await test.RunAsync("""
            env {}
            source { Numbers { rows = 5, plugin_output = "a" }, Numbers { rows = 7, plugin_output = "b" } }
            sink { Collect { plugin_input = ["a", "b"] } }
            """);
        ended.Status.ShouldBe(JobStatus.Finished);
        ended.Pipelines.Select(pipeline => pipeline.Id).ShouldBe([1, 2]);
        Numbers(test).Count.ShouldBe(12);
    }

    [Fact]
    public async Task Tables_of_one_source_are_counted_apart()
    {
        await using var test = new EngineUnderTest();
        var ended = await test.RunAsync("""
            env {}
            source { Numbers { rows = 6, tables = ["db.a", "db.b"] } }
            sink { Collect {} }
            """);
        ended.Status.ShouldBe(JobStatus.Finished);
        ended.Metrics.Read.Tables.ToDictionary(pair => pair.Key, pair => pair.Value.Rows)
            .ShouldBe(new Dictionary<string, long> { ["db.a"] = 6, ["db.b"] = 6 }, ignoreOrder: true);
        test.Sink.Committed.Count(row => row.Table == "db.a").ShouldBe(6);
    }

    [Fact]
    public async Task No_rows_at_all_end_well()
    {
        await using var test = new EngineUnderTest();
        var ended = await test.RunAsync("env {}\nsource { Numbers { rows = 0 } }\nsink { Collect {} }");
        ended.Status.ShouldBe(JobStatus.Finished);
        test.Sink.Committed.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_failing_reader_fails_the_job_with_task_and_text()
    {
        await using var test = new EngineUnderTest();
        var ended = await test.RunAsync("""
            env { job.retry.times = 0 }
            source { Numbers { rows = 10, fail_at = 5 } }
            sink { Collect {} }
            """);
        ended.Status.ShouldBe(JobStatus.Failed);
        ended.ErrorText.ShouldNotBeNull().ShouldContain("number 5 is not wanted");
        ended.ErrorText.ShouldContain("pipeline-1 [Source[0]-Numbers]-SourceTask");
        test.Sink.Committed.ShouldBeEmpty();
    }

    [Fact]
    [Trait("spec", "engine.md 89")]
    public async Task A_failing_writer_names_table_and_rows()
    {
        await using var test = new EngineUnderTest();
        var ended = await test.RunAsync("""
            env { job.retry.times = 0 }
            source { Numbers { rows = 10, batch = 4 } }
            sink { Collect { fail = "in_write" } }
            """);
        ended.Status.ShouldBe(JobStatus.Failed);
        ended.ErrorText.ShouldNotBeNull().ShouldContain("the disk is full");
        ended.ErrorText.ShouldContain("table: numbers");
        ended.ErrorText.ShouldContain("rows: 1..4");
    }

    [Fact]
    public async Task A_passing_fault_is_survived_by_a_restart_and_no_row_is_doubled()
    {
        await using var test = new EngineUnderTest();
        var ended = await test.RunAsync("""
            env { job.retry.times = 2, job.retry.interval.seconds = 0 }
            source { Numbers { rows = 50, fail_at = 30, fail_times = 1 } }
            sink { Collect {} }
            """);
        ended.Status.ShouldBe(JobStatus.Finished);
        ended.Pipelines[0].Restores.ShouldBe(1);
        Numbers(test).ShouldBe(Enumerable.Range(0, 50).Select(n => (long)n));
        ended.Metrics.Read.Rows.ShouldBe(50); // a new attempt replaces the counters of the old one
    }

    [Fact]
    public async Task A_failed_prepare_is_aborted_and_a_failed_commit_fails_the_job()
    {
        await using var prepare = new EngineUnderTest();
        (await prepare.RunAsync("env { job.retry.times = 0 }\nsource { Numbers {} }\nsink { Collect { fail = \"in_prepare\" } }")).Status.ShouldBe(JobStatus.Failed);
        prepare.Sink.Calls.ShouldContain("abort");
        await using var commit = new EngineUnderTest();
        var ended = await commit.RunAsync("env { job.retry.times = 0 }\nsource { Numbers {} }\nsink { Collect { fail = \"in_commit\" } }");
        ended.Status.ShouldBe(JobStatus.Failed);
        ended.ErrorText.ShouldNotBeNull().ShouldContain("Aggregate commit error.");
    }

    [Fact]
    public async Task A_commit_whose_answer_was_lost_is_repeated_and_no_row_is_doubled() // S2: unknown outcome
    {
        await using var test = new EngineUnderTest();
        var ended = await test.RunAsync("""
            env { job.retry.times = 1, job.retry.interval.seconds = 0 }
            source { Numbers { rows = 30 } }
            sink { Collect { fail = "after_commit" } }
            """);
        ended.Status.ShouldBe(JobStatus.Finished, ended.ErrorText);
        Numbers(test).ShouldBe(Enumerable.Range(0, 30).Select(n => (long)n));
        test.Sink.Calls.ShouldContain("commit again");
        ended.Metrics.Read.Rows.ShouldBe(30);
        ended.Metrics.Written.Rows.ShouldBe(30);
    }

    [Theory]
    [InlineData("source { Numbers { hold = \"in_read\" } }\nsink { Collect {} }")]
    [InlineData("source { Numbers { hold = \"before_end\" } }\nsink { Collect {} }")]
    [InlineData("source { Numbers { rows = 1000000, batch = 4096 } }\nsink { Collect { hangs = true } }")]
    public async Task Cancel_ends_a_job_wherever_it_waits(string plugins) // L2
    {
        await using var test = new EngineUnderTest();
        var handle = await test.SubmitAsync("env {}\n" + plugins);
        if (plugins.Contains("hangs", StringComparison.Ordinal)) await test.Sink.FirstWrite.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        var answer = await test.Engine.CancelAsync(handle.JobId, TestContext.Current.CancellationToken);
        answer.ShouldNotBeNull();
        var ended = await handle.Ended.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        ended.Status.ShouldBe(JobStatus.Canceled);
        test.Sink.Committed.ShouldBeEmpty();
    }

    [Fact]
    [Trait("spec", "engine.md 83")]
    public async Task State_changes_stand_in_the_log_with_full_names()
    {
        await using var test = new EngineUnderTest();
        var ended = await test.RunAsync("env { job.name = \"orders\" }\nsource { Numbers {} }\nsink { Collect {} }");
        var job = $"Job orders ({ended.JobId})";
        test.Lines.ShouldContain(line => line.EndsWith($"{job} turned from state RUNNING to FINISHED.", StringComparison.Ordinal));
        test.Lines.ShouldContain(line => line.Contains($"{job}, Pipeline: [(1/1)] turned from state", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_job_that_is_slow_to_let_go_is_listed_as_ended_and_not_as_running()
    {
        await using var test = new EngineUnderTest();
        var letGo = new TaskCompletionSource();
        test.Sink.LetGo = letGo.Task;
        var handle = await test.SubmitAsync("env {}\nsource { Numbers {} }\nsink { Collect {} }");
        while (!handle.View.Status.IsTerminal) await Task.Yield();
        handle.Ended.IsCompleted.ShouldBeFalse();
        test.Engine.Running.ShouldBeEmpty();
        test.Engine.Ended.Select(job => job.JobId).ShouldBe([handle.JobId]);
        letGo.SetResult();
        await handle.Ended.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        test.Engine.Ended.Select(job => job.JobId).ShouldBe([handle.JobId]);
    }

    private static List<long> Numbers(EngineUnderTest test) => [.. test.Sink.Committed.Select(row => row.Number).Order()];
}
