using Chunnel.Plugins;

namespace Chunnel.Engine.Tests;

/// <summary>Where the columns of sinks come from, put together over several transforms and several ways.</summary>
public sealed class JobLineageTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_transforms_each_column_is_the_sources_own()
    {
        var sink = (await SinksAsync("env {}\nsource { Numbers { tables = [\"a\", \"b\"] } }\nsink { Collect {} }"))[1];
        sink.Table.TableId.ShouldBe("b");
        sink.Columns.ShouldAllBe(column => column.Kind == OriginKind.Copied && column.Roots.Single() == new RootUse("b", column.Column.Name, UseWay.Identity, false));
    }

    [Fact]
    public async Task A_transform_that_does_not_tell_is_named_and_nothing_is_guessed()
    {
        var sink = (await SinksAsync("env {}\nsource { Numbers { plugin_output = \"a\" } }\ntransform { Odd { plugin_input = \"a\", plugin_output = \"b\" } }\nsink { Collect { plugin_input = \"b\" } }")).ShouldHaveSingleItem();
        foreach (var column in sink.Columns)
        {
            column.IsWhole.ShouldBeFalse();
            column.Kind.ShouldBe(OriginKind.Untold);
            column.Roots.ShouldBeEmpty();
            column.Hops.ShouldHaveSingleItem().Step.ShouldBe("Transform[0]-Odd");
        }
    }

    [Fact]
    public async Task Each_way_of_a_fan_out_and_of_a_fan_in_is_followed_by_itself()
    {
        var sinks = await SinksAsync("""
            env {}
            source { Numbers { plugin_output = "a", tables = ["x"] }, Numbers { plugin_output = "b", tables = ["y"] } }
            transform { Odd { plugin_input = "a", plugin_output = "t" } }
            sink { Collect { plugin_input = "t" }, Collect { plugin_input = ["a", "b"] } }
            """);
        sinks.Select(sink => $"{sink.Sink.Vertex}: {sink.Columns[0].Kind}").ShouldBe([
            "pipeline-1 [Sink[0]-Collect-MultiTableSink]: Untold", "pipeline-2 [Sink[1]-Collect-a]: Copied", "pipeline-3 [Sink[1]-Collect-a]: Copied",
        ], ignoreOrder: true);
    }

    private static async Task<IReadOnlyList<SinkLineage>> SinksAsync(string job)
    {
        await using var plan = await JobPlannerTests.PlanAsync(job);
        return (await JobLineage.OfAsync(plan, Stop)).Sinks;
    }
}
