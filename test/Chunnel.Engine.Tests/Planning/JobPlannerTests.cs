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
    [Trait("spec", "engine.md 75")]
    public async Task One_source_and_one_sink_are_vertices_1_and_2()
    {
        await using var plan = await PlanAsync("env {}\nsource { Numbers {} }\nsink { Collect {} }");
        Vertices(plan).ShouldBe(["1 source pipeline-1 [Source[0]-Numbers] numbers", "2 sink pipeline-1 [Sink[0]-Collect-MultiTableSink] numbers"]);
        Edges(plan).ShouldBe(["1: 1->2"]);
    }

    [Fact]
    [Trait("spec", "engine.md 76")]
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
    [Trait("spec", "engine.md 79")]
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
    [Trait("spec", "engine.md 78, 80")]
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
    [Trait("spec", "engine.md 77")]
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
    [InlineData("Numbers { plugin_output = a, column = n }, Numbers { plugin_output = b, column = n }", null)]
    [InlineData("Numbers { plugin_output = a, column = n }, Numbers { plugin_output = b, column = m }", "Transform/Sink don't support processing data with two different structures.")]
    [InlineData("Numbers { plugin_output = a, tables = [x, y] }, Numbers { plugin_output = b }", "Sink don't support simultaneous writing of data from multi-table source and other sources.")]
    [InlineData("Numbers { plugin_output = a }, Numbers { plugin_output = b, tables = [x, y] }", "Sink don't support simultaneous writing of data from multi-table source and other sources.")]
    [Trait("spec", "config.md 6.4, engine.md 34")]
    public async Task What_meets_at_a_sink_has_one_structure(string sources, string? mistake)
    {
        var planning = PlanAsync($"env {{}}\nsource {{ {sources} }}\nsink {{ Collect {{ plugin_input = [a, b] }} }}");
        if (mistake is null)
        {
            await using var plan = await planning;
            plan.Pipelines.Count.ShouldBe(2);
            return;
        }
        var problem = (await Should.ThrowAsync<ProblemsException>(planning)).Problems.ShouldHaveSingleItem();
        problem.What.ShouldBe(mistake);
        problem.Where.Line.ShouldBe(3);
        problem.Mend.ShouldNotBeNull();
    }

    [Fact]
    [Trait("spec", "config.md 6.4, engine.md 34")]
    public async Task What_meets_at_a_transform_has_one_structure()
    {
        var wrong = await Should.ThrowAsync<ProblemsException>(PlanAsync("""
            env {}
            source { Numbers { plugin_output = a, column = n }, Numbers { plugin_output = b, column = m } }
            transform { Odd { plugin_input = "a,b", plugin_output = t } }
            sink { Collect { plugin_input = t } }
            """));
        var problem = wrong.Problems[0];
        problem.What.ShouldBe("Transform/Sink don't support processing data with two different structures.");
        problem.Where.Line.ShouldBe(3);
        problem.Mend.ShouldNotBeNull().ShouldContain("n<BIGINT>");
        problem.Mend.ShouldContain("m<BIGINT>");
    }

    [Fact]
    [Trait("spec", "config.md 4, engine.md 39")]
    public async Task A_source_without_end_is_refused_in_batch_mode_and_runs_in_streaming_mode()
    {
        (await Should.ThrowAsync<ProblemsException>(PlanAsync("env { job.mode = BATCH }\nsource { Numbers { endless = true } }\nsink { Collect {} }")))
            .Problems.ShouldHaveSingleItem().What.ShouldBe("'Numbers' source don't support off-line job.");
        await using var plan = await PlanAsync("env { job.mode = STREAMING }\nsource { Numbers { endless = true } }\nsink { Collect {} }");
        plan.Pipelines.Count.ShouldBe(1);
    }

    [Theory]
    [Trait("spec", "engine.md 73, 74")]
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
    [Trait("spec", "engine.md 37, 38; connectors.md 2")]
    public async Task All_mistakes_of_all_plugins_come_at_once()
    {
        var wrong = await Should.ThrowAsync<ProblemsException>(PlanAsync("""
            env {}
            source { Numbrs { } }
            transform { Odd { } }
            sink { Collect { fail = "sometimes" } }
            """));
        wrong.Problems.Count.ShouldBe(2);
        wrong.Message.ShouldContain("Unable to create a source for identifier 'Numbrs'.");
        wrong.Message.ShouldContain("Did you mean 'Numbers'?");
        wrong.Message.ShouldContain("'fail'");
        wrong.Problems.ShouldAllBe(problem => problem.Where.Line > 0);
    }

    [Theory]
    [InlineData("wire", "source { Numbers {} } \n sink { Collect { wire = wire } }")]
    [InlineData("wire", "source { Numbers { plugin_output = a } } \n sink { Collect { plugin_input = a, wire = wire }, Collect { plugin_input = a, wire = wire } }")]
    [InlineData(null, "source { Numbers {} } \n sink { Collect {} }")]
    [InlineData(null, "source { Numbers { plugin_output = a } } \n sink { Collect { plugin_input = a, wire = wire }, Collect { plugin_input = a } }")]
    [InlineData(null, "source { Numbers { plugin_output = a } } \n sink { Collect { plugin_input = a, wire = wire }, Collect { plugin_input = a, wire = other } }")]
    [InlineData(null, "source { Numbers {} } \n transform { Odd {} } \n sink { Collect { wire = wire } }")]
    [InlineData(null, "source { Numbers { plugin_output = a } } \n transform { Odd { plugin_input = a, plugin_output = b } } \n sink { Collect { plugin_input = a, wire = wire }, Collect { plugin_input = b, wire = wire } }")]
    [InlineData(null, "source { Numbers {} } \n sink { Collect { wire = wire, multi_table_sink_replica = 2 } }")]
    [InlineData(null, "env { dead_letter { sink { Collect { wire = wire } } } } \n source { Numbers {} } \n sink { Collect { wire = wire } }")]
    public async Task Rows_may_stay_as_they_came_where_nothing_looks_at_them_and_all_sinks_take_them(string? form, string job)
    {
        await using var plan = await PlanAsync(job.StartsWith("env", StringComparison.Ordinal) ? job : "env {}\n" + job);
        plan.Pipelines[0].Wire.ShouldBe(form);
    }

    internal static Task<JobPlan> PlanAsync(string hocon)
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
