using Chunnel.Control;

namespace Chunnel.Engine.Tests;

/// <summary>
/// Rows that a step refuses: the job fails, or they are left out, or they go to the dead letters; none is lost, none is there twice, and the counts
/// agree with what is there. Architecture.md 3.4, S1, S2, S7.
/// </summary>
public sealed class DeadLetterTests
{
    private const int Rows = 100;

    private static readonly long[] _multiples = [.. Enumerable.Range(0, Rows).Where(n => n % 10 == 0).Select(n => (long)n)];

    [Theory, Trait("spec", "architecture.md 6: S1 S2 S7")]
    [InlineData(1, 1)]
    [InlineData(2, 3)]
    public async Task A_refused_row_is_set_aside_and_the_others_go_on(int parallelism, int splits)
    {
        await using var test = new EngineUnderTest();
        var ended = await test.RunAsync($$"""
            env { parallelism = {{parallelism}}, dead_letter { sink { Collect {} } } }
            source { Numbers { rows = {{Rows}}, splits = {{splits}} } }
            transform { Picky {} }
            sink { Collect {} }
            """);
        ended.Status.ShouldBe(JobStatus.Finished, ended.ErrorText);
        EveryRowIsThereOnce(test);
        CountsAgree(ended);
    }

    /// <summary>A failure after a checkpoint: what was set aside before it is not set aside again, and what came after it is.</summary>
    [Theory, Trait("spec", "architecture.md 6: S1 S2 S7")]
    [InlineData(1, 1, "Picky {}", "")]
    [InlineData(1, 1, "Picky { way = throw }", "")]
    [InlineData(2, 3, "Picky { way = throw }", "")]
    [InlineData(2, 3, "Picky {}", "")]
    [InlineData(1, 1, "", "refuses = 10")]
    [InlineData(2, 3, "", "refuses = 10")]
    public async Task A_restart_sets_no_row_aside_twice(int parallelism, int splits, string transform, string sink)
    {
        await using var test = new EngineUnderTest();
        var ended = await test.RunAsync($$"""
            env { parallelism = {{parallelism}}, checkpoint.interval = 10, job.retry.interval.seconds = 0, dead_letter { policy = dead-letter, sink { plugin_name = Collect } } }
            source { Numbers { rows = {{Rows}}, splits = {{splits}}, hold = "for_checkpoint", fail_at = 50, fail_times = 1 } }
            transform { {{transform}} }
            sink { Collect { {{sink}} } }
            """);
        ended.Status.ShouldBe(JobStatus.Finished, ended.ErrorText);
        ended.Pipelines[0].Restores.ShouldBe(1);
        EveryRowIsThereOnce(test);
        CountsAgree(ended);
    }

    /// <summary>Transforms before the stream divides, behind that, and sinks refuse in loops of their own; one checkpoint holds the letters of all.</summary>
    [Fact, Trait("spec", "architecture.md 6: S1 S2")]
    public async Task Letters_of_several_loops_are_of_one_checkpoint()
    {
        await using var test = new EngineUnderTest();
        var ended = await test.RunAsync("""
            env { checkpoint.interval = 10, job.retry.interval.seconds = 0, dead_letter { sink { Collect {} } } }
            source { Numbers { rows = 100, hold = "for_checkpoint", fail_at = 50, fail_times = 1, plugin_output = "numbers" } }
            transform {
              Picky { plugin_input = "numbers", plugin_output = "some", refuses = 10 }
              Picky { plugin_input = "some", plugin_output = "fewer", refuses = 7 }
            }
            sink {
              Collect { plugin_input = "some", refuses = 9 }
              Collect { plugin_input = "fewer" }
            }
            """);
        ended.Status.ShouldBe(JobStatus.Finished, ended.ErrorText);
        long[] all = [.. Enumerable.Range(0, 100).Select(n => (long)n)], some = [.. all.Where(n => n % 10 != 0)];
        Of(test, DeadLetterTable.Name).ShouldBe(all.Where(n => n % 10 == 0).Concat(some.Where(n => n % 9 == 0)).Concat(some.Where(n => n % 7 == 0)).Select(n => n + 1).Order());
        Of(test, "numbers").ShouldBe(some.Where(n => n % 9 != 0).Concat(some.Where(n => n % 7 != 0)).Order());
    }

    [Theory, Trait("spec", "architecture.md 6: S7")]
    [InlineData("Picky { dead_letter.policy = skip }", "")]
    [InlineData("Picky { dead_letter.policy = skip, way = throw }", "")]
    [InlineData("", "refuses = 10, dead_letter { policy = SKIP }")]
    public async Task A_refused_row_may_be_left_out_and_is_counted(string transform, string sink)
    {
        await using var test = new EngineUnderTest();
        var ended = await test.RunAsync($$"""
            env {}
            source { Numbers { rows = {{Rows}} } }
            transform { {{transform}} }
            sink { Collect { {{sink}} } }
            """);
        ended.Status.ShouldBe(JobStatus.Finished, ended.ErrorText);
        Of(test, "numbers").ShouldBe(Enumerable.Range(0, Rows).Select(n => (long)n).Except(_multiples));
        (ended.Metrics.Read.Rows, ended.Metrics.Written.Rows, ended.Metrics.LeftOut.Rows, ended.Metrics.Skipped.Rows, ended.Metrics.DeadLettered.Rows).ShouldBe((100, 90, 10, 10, 0));
    }

    [Theory]
    [InlineData("")]
    [InlineData("dead_letter { policy = fail }")]
    public async Task Without_a_word_the_first_refused_row_ends_the_job(string env)
    {
        await using var test = new EngineUnderTest();
        var ended = await test.RunAsync($$"""
            env { {{env}} }
            source { Numbers {} }
            transform { Picky {} }
            sink { Collect {} }
            """);
        ended.Status.ShouldBe(JobStatus.Failed);
        ended.ErrorText.ShouldNotBeNull().ShouldContain("0 is a multiple of 10");
    }

    /// <summary>A transform that throws on a batch: the letters say what it threw and for which row; without them the job ends with what it threw.</summary>
    [Theory]
    [InlineData("dead_letter.policy = skip", true)]
    [InlineData("", false)]
    public async Task What_a_transform_throws_is_said_of_its_row(string env, bool goesOn)
    {
        await using var test = new EngineUnderTest();
        var ended = await test.RunAsync($$"""
            env { {{env}} }
            source { Numbers { rows = 25 } }
            transform { Picky { way = throw } }
            sink { Collect {} }
            """);
        ended.Status.ShouldBe(goesOn ? JobStatus.Finished : JobStatus.Failed, ended.ErrorText);
        if (goesOn) test.Lines.ShouldContain(line => line.Contains("The transform of a plug-in failed: FormatException: 10 is no number for me: table 'numbers', row 11.", StringComparison.Ordinal));
        else ended.ErrorText.ShouldNotBeNull().ShouldContain("0 is no number for me");
    }

    /// <summary>The same transform as a built-in one: what it throws is a fault of ours, and the job's end.</summary>
    [Fact]
    public async Task What_a_built_in_transform_throws_is_of_no_row()
    {
        await using var test = new EngineUnderTest();
        var ended = await test.RunAsync("""
            env { job.retry.times = 0, dead_letter { sink { Collect {} } } }
            source { Numbers { rows = 25 } }
            transform { OwnPicky { way = throw } }
            sink { Collect {} }
            """);
        ended.Status.ShouldBe(JobStatus.Failed);
        ended.ErrorText.ShouldNotBeNull().ShouldContain("0 is no number for me");
        Of(test, DeadLetterTable.Name).ShouldBeEmpty();
    }

    /// <summary>When something of the batch has left a transform that throws, the batch cannot be given to it again.</summary>
    [Fact]
    public async Task A_transform_that_throws_too_late_ends_the_job()
    {
        await using var test = new EngineUnderTest();
        var ended = await test.RunAsync($$"""
            env { job.retry.times = 0, dead_letter { sink { Collect {} } } }
            source { Numbers { rows = {{Rows}} } }
            transform { Picky { way = throw_late } }
            sink { Collect {} }
            """);
        ended.Status.ShouldBe(JobStatus.Failed);
        ended.ErrorText.ShouldNotBeNull().ShouldContain("too late");
    }

    [Theory]
    [InlineData("max_rows = 3", "ErrorCode:[CHUNNEL-07], ErrorDescription:[Too many rows refused] - Pipeline 1 may refuse 3 rows (env.dead_letter.max_rows) and has refused 4 of the ", "The last one: Transform[0]-Picky: COMMON-06: 30 is a multiple of 10")]
    [InlineData("max_percent = 9.5, min_rows = 50", "Pipeline 1 may refuse 9.5 % of its rows (env.dead_letter.max_percent) and has refused ", "The last one: Transform[0]-Picky: COMMON-06: 50 is a multiple of 10")]
    [InlineData("max_percent = 5", "Pipeline 1 may refuse 5 % of its rows (env.dead_letter.max_percent) and has refused 10 of the 100 that it read, 10 %.", "The last one: Transform[0]-Picky: COMMON-06: 90 is a multiple of 10")]
    public async Task Beyond_a_limit_the_job_fails_and_says_which(string limit, string what, string last)
    {
        await using var test = new EngineUnderTest();
        var ended = await test.RunAsync($$"""
            env { dead_letter { {{limit}}, sink { Collect {} } } }
            source { Numbers { rows = {{Rows}} } }
            transform { Picky {} }
            sink { Collect {} }
            """);
        ended.Status.ShouldBe(JobStatus.Failed);
        ended.ErrorText.ShouldNotBeNull().ShouldContain(what);
        ended.ErrorText.ShouldContain(last);
        ended.Pipelines[0].Restores.ShouldBe(0, "a limit is no reason to try again");
        Of(test, DeadLetterTable.Name).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("max_rows = 10")]
    [InlineData("max_percent = 10")]
    public async Task Up_to_a_limit_rows_are_refused(string limit)
    {
        await using var test = new EngineUnderTest();
        var ended = await test.RunAsync($$"""
            env { dead_letter { {{limit}}, sink { Collect {} } } }
            source { Numbers { rows = {{Rows}} } }
            transform { Picky {} }
            sink { Collect {} }
            """);
        ended.Status.ShouldBe(JobStatus.Finished, ended.ErrorText);
        EveryRowIsThereOnce(test);
    }

    /// <summary>What was refused before a restart counts behind it.</summary>
    [Theory]
    [InlineData(8)]
    [InlineData(10)]
    public async Task A_restart_forgets_no_refused_row(int most)
    {
        await using var node = new StoredEngine();
        await using var first = await node.StartAsync();
        var handle = await first.SubmitAsync($$"""
            env { checkpoint.interval = 10, job.retry.times = 0, dead_letter { max_rows = {{most}}, sink { Collect {} } } }
            source { Numbers { rows = {{Rows}}, hold = "for_release", batch = 31 } }
            transform { Picky {} }
            sink { Collect {} }
            """);
        await first.Until(() => node.Sink.Committed.Any(row => row.Table == DeadLetterTable.Name));

        await using var second = await node.StartAsync();
        node.Source.Release();
        var ended = await second.EndOf(handle.JobId);
        ended.Status.ShouldBe(most == 10 ? JobStatus.Finished : JobStatus.Failed, ended.ErrorText);
        if (most == 10) CountsAgree(ended);
        else ended.ErrorText.ShouldNotBeNull().ShouldContain($"may refuse {most} rows (env.dead_letter.max_rows) and has refused {most + 1} of ");
    }

    /// <summary>A secret of the job stands in no letter, and the log tells of the first rows only.</summary>
    [Fact, Trait("spec", "architecture.md 6: S10")]
    public async Task Letters_and_log_show_no_secret_and_the_log_is_not_flooded()
    {
        await using var test = new EngineUnderTest();
        var ended = await test.RunAsync($$"""
            env { shade.options = ["hidden"], dead_letter { sink { Collect {} } } }
            source { Numbers { rows = {{Rows}} } }
            transform { Picky { refuses = 2, hidden = "hunter2hunter2" } }
            sink { Collect {} }
            """);
        ended.Status.ShouldBe(JobStatus.Finished, ended.ErrorText);
        test.Lines.ShouldNotContain(line => line.Contains("hunter2hunter2", StringComparison.Ordinal));
        test.Lines.Count(line => line.Contains("refused a row of table numbers at row ", StringComparison.Ordinal)).ShouldBe(10);
        test.Lines.Count(line => line.Contains("More rows were refused", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task A_sink_of_letters_that_promises_less_weakens_the_pipeline()
    {
        await using var test = new EngineUnderTest();
        var ended = await test.RunAsync("""
            env { dead_letter { sink { Collect { delivers = "at_least_once" } } } }
            source { Numbers {} }
            sink { Collect {} }
            """);
        ended.Pipelines[0].Guarantee.Level.ShouldBe(Core.DeliveryGuarantee.AtLeastOnce);
        ended.Pipelines[0].Guarantee.Reason.ShouldStartWith("pipeline-1 [DeadLetters-Collect] may get rows after the last checkpoint again");
    }

    private static void EveryRowIsThereOnce(EngineUnderTest test)
    {
        Of(test, "numbers").ShouldBe(Enumerable.Range(0, Rows).Select(n => (long)n).Except(_multiples));
        Of(test, DeadLetterTable.Name).ShouldBe(_multiples.Select(n => n + 1));
    }

    private static void CountsAgree(JobView ended)
    {
        var counts = ended.Metrics;
        (counts.Read.Rows, counts.Written.Rows, counts.Committed.Rows, counts.LeftOut.Rows, counts.DeadLettered.Rows).ShouldBe((100, 90, 90, 0, 10));
        counts.DeadLettered.Tables["numbers"].Rows.ShouldBe(10);
    }

    private static IEnumerable<long> Of(EngineUnderTest test, string table) => test.Sink.Committed.Where(row => row.Table == table).Select(row => row.Number).Order();
}
