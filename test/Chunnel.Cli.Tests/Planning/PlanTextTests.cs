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
        PlanText.Of(plan).ShouldBe("""
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

            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task The_json_says_the_same()
    {
        await using var plan = await PlanAsync();
        using var json = JsonDocument.Parse(PlanJson.Of(plan));
        json.RootElement.GetProperty("slots").GetInt32().ShouldBe(3);
        var pipeline = json.RootElement.GetProperty("pipelines")[0];
        pipeline.GetProperty("guarantee").GetProperty("level").GetString().ShouldBe("at-least-once");
        pipeline.GetProperty("steps").EnumerateArray().Select(step => step.GetProperty("step").GetString())
            .ShouldBe(["pipeline-1 [Source[0]-FakeSource]", "Transform[0]-Sql", "pipeline-1 [Sink[0]-Console-MultiTableSink]"]);
    }

    private static Task<JobPlan> PlanAsync() => new JobPlanner(InstalledPlugins.Look().Registry, TimeProvider.System)
        .PlanAsync(JobLoader.Load(new JobText(Job, JobFormat.Hocon)), 0, "orders", TestContext.Current.CancellationToken);
}
