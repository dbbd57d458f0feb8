using Chunnel.Control;
using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Engine.Tests;

/// <summary>Pipelines, vertices, task groups and slots as the real server reports them (spec engine.md 2).</summary>
public sealed class JobPlannerTests
{
    private const string Diamond = """
        env {}
        source { Numbers { plugin_output = "f1" } }
        transform {
          Odd { plugin_input = "f1", plugin_output = "t1" }
          Odd { plugin_input = "f1", plugin_output = "t2" }
        }
        sink { Collect { plugin_input = "t1" }, Collect { plugin_input = "t2" } }
        """;

    [Fact]
    public async Task One_source_and_one_sink_are_vertices_1_and_2()
    {
        await using var plan = await PlanAsync("env {}\nsource { Numbers {} }\nsink { Collect {} }");
        Vertices(plan).ShouldBe(["1 source pipeline-1 [Source[0]-Numbers] numbers", "2 sink pipeline-1 [Sink[0]-Collect-MultiTableSink] numbers"]);
        Edges(plan).ShouldBe(["1: 1->2"]);
    }

    [Fact]
    public async Task A_run_of_transforms_is_one_vertex_with_a_number_after_all_others()
    {
        await using var plan = await PlanAsync("""
            env {}
            source { Numbers { plugin_output = "a" } }
            transform { Odd { plugin_input = "a", plugin_output = "b" }, Odd { plugin_input = "b", plugin_output = "c" } }
            sink { Collect { plugin_input = "c" } }
            """);
        Vertices(plan).ShouldBe([
            "1 source pipeline-1 [Source[0]-Numbers] numbers",
            "4 sink pipeline-1 [Sink[0]-Collect-MultiTableSink] numbers",
            "5 transform pipeline-1 [TransformChain[Transform[0]-Odd->Transform[1]-Odd]] ",
        ]);
        Edges(plan).ShouldBe(["1: 1->5", "1: 5->4"]);
    }

    [Fact]
    public async Task A_diamond_is_one_pipeline_with_a_chain_on_each_side()
    {
        await using var plan = await PlanAsync(Diamond);
        Vertices(plan).ShouldBe([
            "1 source pipeline-1 [Source[0]-Numbers] numbers",
            "4 sink pipeline-1 [Sink[0]-Collect-MultiTableSink] numbers",
            "5 sink pipeline-1 [Sink[1]-Collect-MultiTableSink] numbers",
            "6 transform pipeline-1 [TransformChain[Transform[0]-Odd]] ",
            "7 transform pipeline-1 [TransformChain[Transform[1]-Odd]] ",
        ]);
        Edges(plan).ShouldBe(["1: 1->6", "1: 1->7", "1: 6->4", "1: 7->5"]);
        plan.Pipelines[0].Head.ShouldBeEmpty();
        plan.Pipelines[0].Sinks.Select(sink => sink.Transforms.Count).ShouldBe([1, 1]);
    }

    [Fact]
    public async Task A_fan_in_is_a_pipeline_a_way_and_its_sink_is_named_after_its_first_input()
    {
        await using var plan = await PlanAsync("""
            env {}
            source { Numbers { plugin_output = "f1", tables = ["f1"] }, Numbers { plugin_output = "f2", tables = ["f2"], parallelism = 3 } }
            sink { Collect { plugin_input = ["f1", "f2"] } }
            """);
        Vertices(plan).ShouldBe([
            "1 source pipeline-1 [Source[0]-Numbers] f1", "2 sink pipeline-1 [Sink[0]-Collect-f1] f1",
            "3 source pipeline-2 [Source[1]-Numbers] f2", "4 sink pipeline-2 [Sink[0]-Collect-f1] f2",
        ]);
        plan.Pipelines.Select(pipeline => pipeline.Parallelism).ShouldBe([1, 3]);
    }

    [Fact]
    public async Task Two_chains_are_two_pipelines()
    {
        await using var plan = await PlanAsync("""
            env {}
            source { Numbers { plugin_output = "f1" }, Numbers { plugin_output = "f2" } }
            sink { Collect { plugin_input = "f1" }, Collect { plugin_input = "f2" } }
            """);
        Edges(plan).ShouldBe(["1: 1->2", "2: 3->4"]);
    }

    [Theory]
    [InlineData(1, 3)]
    [InlineData(2, 4)]
    public async Task A_sink_with_an_aggregated_committer_takes_a_slot_more(int parallelism, int slots)
    {
        await using var plan = await PlanAsync($$"""
            env { parallelism = {{parallelism}} }
            source { Numbers {} }
            sink { Collect {} }
            """);
        plan.Slots.ShouldBe(slots);
        var groups = plan.Control.Pipelines[0].TaskGroups;
        groups.Select(group => group.Name).Distinct().ShouldBe([
            "pipeline-1 [Source[0]-Numbers]-SplitEnumerator",
            "pipeline-1 [Sink[0]-Collect-MultiTableSink]-AggregatedCommitterTask",
            "pipeline-1 [Source[0]-Numbers]-SourceTask",
        ]);
        groups.Count(group => group.Kind == TaskGroupKind.Source).ShouldBe(parallelism);
    }

    [Fact]
    public async Task The_guarantee_comes_with_its_reason()
    {
        await using var plan = await PlanAsync("env {}\nsource { Numbers {} }\nsink { Collect {} }");
        plan.Pipelines[0].Guarantee.Level.ShouldBe(DeliveryGuarantee.ExactlyOnce);
        plan.Pipelines[0].Guarantee.Reason.ShouldContain("Collect");
    }

    [Fact]
    public async Task All_mistakes_of_all_plugins_come_at_once()
    {
        var wrong = await Should.ThrowAsync<ProblemsException>(PlanAsync("""
            env {}
            source { Numbrs { } }
            transform { Odd { } }
            sink { Collect { fail = "sometimes" } }
            """));
        wrong.Problems.Count.ShouldBe(2);
        wrong.Message.ShouldContain("Did you mean 'Numbers'?");
        wrong.Message.ShouldContain("'fail'");
        wrong.Problems.ShouldAllBe(problem => problem.Where.Line > 0);
    }

    private static Task<JobPlan> PlanAsync(string hocon)
    {
        var planner = new JobPlanner(
            new PluginRegistry([
                new PluginEntry(PluginKind.Source, "Numbers", () => new NumbersPlugin()),
                new PluginEntry(PluginKind.Transform, "Odd", () => new OddFilterPlugin()),
                new PluginEntry(PluginKind.Sink, "Collect", () => new CollectPlugin()),
            ]),
            TimeProvider.System);
        return planner.PlanAsync(EngineUnderTest.Define(hocon), 7, "orders", TestContext.Current.CancellationToken);
    }

    private static IEnumerable<string> Vertices(JobPlan plan) =>
        plan.Pipelines.SelectMany(pipeline => pipeline.Vertices).Select(vertex => $"{vertex.Id} {vertex.Type} {vertex.Name} {string.Join(',', vertex.TablePaths)}");

    private static IEnumerable<string> Edges(JobPlan plan) =>
        plan.Pipelines.SelectMany(pipeline => pipeline.Edges.Select(edge => $"{pipeline.Id}: {edge.Input}->{edge.Target}"));
}
