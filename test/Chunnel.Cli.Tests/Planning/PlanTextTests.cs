using System.Text.Json;
using Chunnel.Cli.Planning;
using Chunnel.Config;
using Chunnel.Engine;
using Chunnel.Server;

namespace Chunnel.Cli.Tests;

public sealed class PlanTextTests
{
    private const string Job = """
        env { parallelism = 2, job.name = "orders" }
        source { FakeSource { plugin_output = "fake", schema = { fields { id = bigint, name = string } } } }
        transform { Sql { plugin_input = "fake", plugin_output = "t", query = "select id * 2 as d from fake where name is not null" } }
        sink { Console { plugin_input = "t" } }
        """;

    [Fact]
    public async Task The_text_shows_groups_schemas_and_the_guarantee()
    {
        await using var plan = await PlanAsync();
        (await TextOf(plan)).ShouldBe("""
            Job orders: 1 pipeline(s), 3 slots

            Pipeline 1, parallelism 2
              guarantee: at-least-once. pipeline-1 [Sink[0]-Console-MultiTableSink] may get rows after the last checkpoint again when the pipeline is restored.
              task groups:
                1 x pipeline-1 [Source[0]-FakeSource]-SplitEnumerator
                2 x pipeline-1 [Source[0]-FakeSource]-SourceTask
              steps:
                -> pipeline-1 [Source[0]-FakeSource]
                     fake(id bigint, name string)
                  -> Transform[0]-Sql
                       fake(d bigint)
                    -> pipeline-1 [Sink[0]-Console-MultiTableSink]
                         fake(d bigint)
              columns:
                pipeline-1 [Sink[0]-Console-MultiTableSink] fake
                  d bigint <- fake.id; id * 2 in Transform[0]-Sql
                  only rows: name IS NOT NULL (Transform[0]-Sql, by fake.name)
              queries:
                Transform[0]-Sql over fake
                  reads 2 of 2 columns: r0 id bigint, r1 name string
                  r2 boolean = is-not-null(r1)  -- name IS NOT NULL
                  keeps rows where r2: marks them, and takes them out when less than a quarter is left
                  r3 bigint = *(r0, 2)          -- id * 2
                  gives d bigint = r3

            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task What_becomes_of_refused_rows_is_shown_where_it_is_not_the_usual()
    {
        const string env = "env { parallelism = 2, job.name = \"orders\", dead_letter { max_rows = 7, max_percent = 0.5, sink { Console {} } } }";
        await using var plan = await PlanAsync(Job.Replace("env { parallelism = 2, job.name = \"orders\" }", env, StringComparison.Ordinal).Replace("Console { plugin_input = \"t\"", "Console { plugin_input = \"t\", dead_letter.policy = fail", StringComparison.Ordinal));
        var text = await TextOf(plan);
        var start = text.IndexOf("  refused rows", StringComparison.Ordinal);
        text[start..text.IndexOf("  columns:", StringComparison.Ordinal)].ShouldBe("""
              refused rows:
                pipeline-1 [Source[0]-FakeSource]: DEAD_LETTER
                Transform[0]-Sql: DEAD_LETTER
                pipeline-1 [Sink[0]-Console-MultiTableSink]: FAIL
                at most 7 rows, and 0.5 % of the rows, judged from 1000 on and at the end
                -> pipeline-1 [DeadLetters-Console]
                     dead_letters(job_id bigint, step string, source_table string, row_kind string, row_data string, error_code string, error_message string, source_position string, row_number bigint, subtask int, failed_at timestamp_tz)

            """.ReplaceLineEndings("\n"));
        using var json = JsonDocument.Parse(PlanJson.Of(plan, await JobLineage.OfAsync(plan, Stop)));
        var refused = json.RootElement.GetProperty("pipelines")[0].GetProperty("refusedRows");
        refused.GetRawText().ReplaceLineEndings("").Replace(" ", "", StringComparison.Ordinal).ShouldBe(
            """{"policies":{"pipeline-1[Source[0]-FakeSource]":"DEAD_LETTER","Transform[0]-Sql":"DEAD_LETTER","pipeline-1[Sink[0]-Console-MultiTableSink]":"FAIL"},"maxRows":7,"maxPercent":0.5,"minRows":1000}""");
    }

    [Fact]
    public async Task The_json_says_the_same()
    {
        await using var plan = await PlanAsync();
        using var json = JsonDocument.Parse(PlanJson.Of(plan, await JobLineage.OfAsync(plan, Stop)));
        json.RootElement.GetProperty("slots").GetInt32().ShouldBe(3);
        var pipeline = json.RootElement.GetProperty("pipelines")[0];
        pipeline.GetProperty("guarantee").GetProperty("level").GetString().ShouldBe("at-least-once");
        pipeline.GetProperty("steps").EnumerateArray().Select(step => step.GetProperty("step").GetString())
            .ShouldBe(["pipeline-1 [Source[0]-FakeSource]", "Transform[0]-Sql", "pipeline-1 [Sink[0]-Console-MultiTableSink]"]);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static async Task<string> TextOf(JobPlan plan) => PlanText.Of(plan, await JobLineage.OfAsync(plan, Stop));

    private static Task<JobPlan> PlanAsync(string job = Job) => new JobPlanner(InstalledPlugins.Look().Registry, TimeProvider.System)
        .PlanAsync(JobLoader.Load(new JobText(job, JobFormat.Hocon)), 0, "orders", TestContext.Current.CancellationToken);
}
