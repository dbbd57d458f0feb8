using Chunnel.Config.Env;
using Chunnel.Core;

namespace Chunnel.Config.Tests.Env;

[Trait("spec", "config.md 4")]
public sealed class EnvTests
{
    private static JobLoadResult With(string env) => Jobs.Hocon($"env {{\n{env}\n}}\nsource {{ FakeSource {{ }} }}\nsink {{ Console {{ }} }}");

    [Fact]
    public void An_empty_env_has_the_defaults()
    {
        var env = With("").Good().Env;
        env.ShouldBe(new EnvOptions { Raw = env.Raw, TagFilter = env.TagFilter, Jars = env.Jars, ShadeOptions = env.ShadeOptions });
        (env.Parallelism, env.JobName, env.Mode, env.RetryTimes, env.RetryInterval).ShouldBe((1, "SeaTunnel_Job", JobMode.Batch, 3, TimeSpan.FromSeconds(3)));
        (env.CheckpointInterval, env.RowsPerSecond, env.PipelineConcurrency).ShouldBe(((TimeSpan?)null, (int?)null, (int?)null));
        env.ShadeIdentifier.ShouldBe("default");
    }

    [Fact]
    public void Every_option_is_read_quoted_numbers_and_nested_keys_too()
    {
        var result = With("""
            parallelism = "3"
            job { name = "n", mode = streaming }
            checkpoint.interval = "10000"
            checkpoint.timeout = 20000
            min-pause = 500
            checkpoint.retain-after-job-cancelled = "true"
            read_limit.rows_per_second = 10
            read_limit.bytes_per_second = 1000
            job.retry.times = 0
            job.retry.interval.seconds = 7
            savemode.execute.location = CLIENT
            tag_filter { zone = az1, team = core }
            jars = "a.dll;file:///b.jar; ;c"
            custom_parameters { anything = { goes = here } }
            shade.identifier = default
            shade.options = ["f_key"]
            shade.properties { suffix = "x" }
            pipeline_concurrency = 2
            sink.flush.interval = 250
            flink.execution.checkpointing.mode = x
            spark.executor.instances = 2
            """);
        var env = result.Good().Env;
        env.Parallelism.ShouldBe(3);
        env.JobName.ShouldBe("n");
        env.Mode.ShouldBe(JobMode.Streaming);
        env.ModeIsGiven.ShouldBeTrue();
        env.CheckpointInterval.ShouldBe(TimeSpan.FromSeconds(10));
        env.CheckpointTimeout.ShouldBe(TimeSpan.FromSeconds(20));
        env.CheckpointMinPause.ShouldBe(TimeSpan.FromMilliseconds(500));
        env.RetainCheckpointsAfterCancel.ShouldBe(true);
        env.RowsPerSecond.ShouldBe(10);
        env.BytesPerSecond.ShouldBe(1000);
        env.RetryTimes.ShouldBe(0);
        env.RetryInterval.ShouldBe(TimeSpan.FromSeconds(7));
        env.SaveModeLocation.ShouldBe(SaveModeLocation.Client);
        env.TagFilter.ShouldBe(new Dictionary<string, string> { ["zone"] = "az1", ["team"] = "core" });
        env.Jars.ShouldBe(["a.dll", "file:///b.jar", "c"]);
        env.ShadeIdentifier.ShouldBe("default");
        env.ShadeOptions.ShouldBe(["f_key"]);
        SettingsJson.Compact(env.ShadeProperties).ShouldBe("""{"suffix":"x"}""");
        env.PipelineConcurrency.ShouldBe(2);
        env.SinkFlushInterval.ShouldBe(TimeSpan.FromMilliseconds(250));
        env.Raw.Find("custom_parameters.anything.goes").ShouldNotBeNull();
        result.Warnings().ShouldBe([
            "'savemode.execute.location = CLIENT' is deprecated.", "'a.dll' of 'jars' does not exist.", "'file:///b.jar' of 'jars' does not exist.", "'c' of 'jars' does not exist.", "Pipelines of a streaming job do not end: those beyond the first 2 never start.",
        ]);
    }

    [Fact]
    [Trait("spec", "config.md 7")]
    public void Jars_are_not_passed_over_in_silence()
    {
        var folder = Directory.CreateTempSubdirectory("chunnel-jars-");
        try
        {
            foreach (var name in new[] { "driver.jar", "Own.dll", "readme.txt" }) File.WriteAllText(Path.Combine(folder.FullName, name), "");
            var result = With($"jars = \"file://{folder.FullName}/driver.jar;{folder.FullName}/Own.dll;{folder.FullName}/readme.txt\"");
            result.Warnings().ShouldBe([
                $"'file://{folder.FullName}/driver.jar' of 'jars' is a Java library, which this engine cannot load.",
                $"'{folder.FullName}/Own.dll' of 'jars' is not loaded from there.",
            ]);
            result.Problems.ShouldAllBe(problem => problem.Where.Line > 0 && problem.Mend!.Contains("plugins/<name>/", StringComparison.Ordinal));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>SeaTunnel's options for its own page; those for its queues are known, and nothing follows from them.</summary>
    [Fact]
    public void What_is_kept_of_the_last_minutes_is_read_within_its_bounds()
    {
        new EnvOptions().Observability.ShouldBe(new ObservabilityOptions { Enabled = true, Bucket = TimeSpan.FromSeconds(5), Retention = TimeSpan.FromMinutes(3) });
        var given = With("engine.observability { enabled = false, bucket_ms = 1000, retention_minutes = 10, async_boundaries = [ a ], split_sink_io = true, edge_buffer_capacity = 5, edge_overrides = [ { boundary = a, capacity = 1 } ] }");
        given.Warnings().ShouldBeEmpty();
        given.Good().Env.Observability.ShouldBe(new ObservabilityOptions { Enabled = false, Bucket = TimeSpan.FromSeconds(1), Retention = TimeSpan.FromMinutes(10) });
        var beyond = With("engine.observability.bucket_ms = 1\nengine.observability.retention_minutes = 60");
        beyond.Good().Env.Observability.ShouldBe(new ObservabilityOptions { Bucket = TimeSpan.FromSeconds(1), Retention = TimeSpan.FromMinutes(10) });
        beyond.Warnings().ShouldBe([
            "The option 'engine.observability.bucket_ms' is from 1000 to 600000, not 1: 1000 is taken.",
            "The option 'engine.observability.retention_minutes' is from 1 to 10, not 60: 10 is taken.",
        ]);
    }

    [Theory]
    [InlineData("parallelism = 0", 1)]
    [InlineData("parallelism = -4", 1)]
    public void A_parallelism_below_one_is_one(string env, int parallelism) => With(env).Good().Env.Parallelism.ShouldBe(parallelism);

    [Theory]
    [InlineData("checkpoint.interval = 9", "The minimum checkpoint interval is 10 mills.")]
    [InlineData("checkpoint.timeout = 9", "The minimum checkpoint timeout is 10 mills.")]
    [InlineData("read_limit.rows_per_second = 0", "bytesPerSecond and countPerSecond must be positive")]
    [InlineData("read_limit.bytes_per_second = -1", "bytesPerSecond and countPerSecond must be positive")]
    [InlineData("job.mode = NOPE", "Could not parse value for enum JobMode. Expected one of: [[BATCH, STREAMING]]")]
    [InlineData("parallelism = abc", "The value 'abc' of the option 'parallelism'")]
    [InlineData("parallelism = 3000000000", "Configuration value 3000000000 overflows/underflows the integer type.")]
    [InlineData("job.retry.times = -1", "The number of retries must not be negative.")]
    [InlineData("pipeline_concurrency = 0", "At least one pipeline must be allowed to run.")]
    [InlineData("tag_filter = 5", "Json parsing exception, value '5', and expected type 'Map'")]
    [InlineData("checkpoint.retain-after-job-cancelled = yes", "Unrecognized option for boolean: yes.")]
    [Trait("spec", "engine.md 15, 63, 105")]
    public void What_does_not_fit_is_refused_with_its_place(string env, string mistake)
    {
        var problem = With(env).Problems.ShouldHaveSingleItem();
        problem.What.ShouldStartWith(mistake);
        problem.Where.Line.ShouldBe(2);
        problem.What.ShouldContain(env.Split(' ')[0]);
    }

    [Theory]
    [InlineData("job-mode = BATCH", "'job-mode' is not an option of env.", "Did you mean 'job.mode'?")]
    [InlineData("paralellism = 2", "'paralellism' is not an option of env.", "Did you mean 'parallelism'?")]
    [InlineData("job { nam = x }", "'job.nam' is not an option of env.", "Did you mean 'job.name'?")]
    [InlineData("nosuch.option = z", "'nosuch.option' is not an option of env.", null)]
    [Trait("spec", "architecture 7")]
    public void An_unknown_key_warns(string env, string warning, string? mend)
    {
        var result = With(env);
        result.Good();
        var problem = result.Problems.ShouldHaveSingleItem();
        (problem.What, problem.Mend, problem.Severity).ShouldBe((warning, mend, Severity.Warning));
    }

    [Theory]
    [InlineData("{ \"source\": [ { \"plugin_name\": \"A\" } ], \"sink\": [ { \"plugin_name\": \"B\" } ] }", "No configuration setting found for key 'env'")]
    [InlineData("{ \"env\": null, \"source\": [ { \"plugin_name\": \"A\" } ], \"sink\": [ { \"plugin_name\": \"B\" } ] }", "Configuration key 'env' is set to null but expected OBJECT")]
    [InlineData("{ \"env\": [], \"source\": [ { \"plugin_name\": \"A\" } ], \"sink\": [ { \"plugin_name\": \"B\" } ] }", "The key 'env' must hold an object.")]
    public void A_missing_env_is_named(string json, string mistake) => Jobs.Json(json).Mistakes().ShouldBe([mistake]);

    [Theory]
    [InlineData("NAME", "NAME")]
    [InlineData("", "in file")]
    [InlineData(null, "in file")]
    [InlineData("SeaTunnel", "in file")]
    [InlineData("SeaTunnel_Job", "in file")]
    [Trait("spec", "engine.md 40")]
    public void A_name_given_outside_wins_unless_it_says_nothing(string? given, string name) =>
        With("job.name = \"in file\"").Good().Env.NameFor(given).ShouldBe(name);
}
