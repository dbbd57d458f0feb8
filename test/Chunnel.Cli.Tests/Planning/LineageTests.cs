using System.Text.Json;
using Chunnel.Cli.Planning;
using Chunnel.Config;
using Chunnel.Engine;
using Chunnel.Server;

namespace Chunnel.Cli.Tests;

/// <summary>Where columns come from, as people, programs and catalogs of data are told it.</summary>
public sealed class LineageTests
{
    private static readonly DateTimeOffset _now = new(2026, 11, 30, 2, 0, 0, TimeSpan.Zero);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task People_read_where_each_column_comes_from_and_how_queries_run()
    {
        await using var plan = await PlanAsync();
        Golden.Equal("plan.txt", PlanText.Of(plan, await JobLineage.OfAsync(plan, Stop)));
    }

    [Fact]
    public async Task Programs_read_the_same()
    {
        await using var plan = await PlanAsync();
        Golden.Equal("plan.json", PlanJson.Of(plan, await JobLineage.OfAsync(plan, Stop)));
    }

    [Fact]
    public async Task Catalogs_read_an_OpenLineage_event()
    {
        await using var plan = await PlanAsync();
        var text = LineageEvent.Of(plan, await JobLineage.OfAsync(plan, Stop), "shop", _now);
        Golden.Equal("plan.openlineage.json", text);
        using var json = JsonDocument.Parse(text);
        OpenLineageShape.Check(json.RootElement);
    }

    [Fact]
    public async Task No_secret_is_told()
    {
        await using var plan = await PlanAsync();
        var lineage = await JobLineage.OfAsync(plan, Stop);
        foreach (var told in new[] { PlanText.Of(plan, lineage), PlanJson.Of(plan, lineage), LineageEvent.Of(plan, lineage, "shop", _now) })
        {
            told.ShouldNotContain("very secret");
            told.ShouldNotContain("MDEyMzQ1");
        }
    }

    private static Task<JobPlan> PlanAsync() => new JobPlanner(InstalledPlugins.Look().Registry, TimeProvider.System)
        .PlanAsync(JobLoader.Load(new JobText(Golden.Read("plan.conf"), JobFormat.Hocon)), 0, "orders", Stop);
}
