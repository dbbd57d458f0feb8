using System.Globalization;
using Chunnel.Config;
using Chunnel.Connectors.Fake;
using Chunnel.Control;
using Chunnel.Core;
using Chunnel.Engine;
using Chunnel.Plugins;
using Chunnel.Transforms;

namespace Chunnel.Bench;

/// <summary>The engine without files: made-up rows through a filter and a projection to a sink that drops them, in this process.</summary>
internal sealed class EngineBench(long rows, int runs) : IBench
{
    private const double LeastMillionRowsPerSecond = 15;
    private const double MostBytesPerRow = 0.5; // shown as 0: what little there is belongs to batches

    public string Name => "engine";

    public async Task<ResultPage> RunAsync()
    {
        var page = new ResultPage(Name, string.Create(CultureInfo.InvariantCulture, $"FakeSource ({rows:N0} rows of 5 columns) -> Sql (`{Query}`) -> a sink that drops the rows; parallelism 1, in process, {runs} runs after two that warm up.\nSteady state: from the time a fifth of the rows has been read. The processor's time is that of all threads together."));
        await RunOnceAsync();
        await RunOnceAsync();
        var tallies = new List<DiscardTally>();
        for (var i = 0; i < runs; i++) tallies.Add(await RunOnceAsync());
        var wall = new Spread(tallies.Select(tally => tally.SteadyRows / tally.SteadySeconds / 1e6));
        var cpu = new Spread(tallies.Select(tally => tally.SteadyRows / tally.SteadyCpuSeconds / 1e6));
        var allocated = new Spread(tallies.Select(tally => tally.SteadyAllocatedBytes / (double)tally.SteadyRows));
        page.Head("Steady state", "Found");
        page.Row("M rows read a second on the wall", wall.Text("F2"));
        page.Row("M rows read a second of the processor", cpu.Text("F2"));
        page.Row("bytes allocated a row", allocated.Text("F4"));
        page.Row("share of the rows that the filter lets through", (tallies[0].Rows / (double)rows).ToString("P0", CultureInfo.InvariantCulture));
        page.Must($"{LeastMillionRowsPerSecond.ToString(CultureInfo.InvariantCulture)} M rows/s on one core", $"{cpu.Median:F2} M rows/s of the processor", cpu.Median >= LeastMillionRowsPerSecond);
        page.Must("0 B allocated a row, rounded", $"{allocated.Median:F4} B", allocated.Median < MostBytesPerRow);
        return page;
    }

    private const string Query = "select id, name, price from made_up where n < 500000 and name <> 'delta'";

    private async Task<DiscardTally> RunOnceAsync()
    {
        var tally = new DiscardTally(rows / 5);
        var plugins = new PluginRegistry([.. FakeConnector.Plugins, .. TransformPlugins.Plugins, new PluginEntry(PluginKind.Sink, "Discard", () => new DiscardPlugin(tally))]);
        using var logs = new NodeLogs(null, "bench.log", new Silence(), TimeProvider.System);
        await using var engine = new ChunnelEngine(new EngineSettings(), plugins, logs, TimeProvider.System);
        var job = await engine.SubmitAsync(new JobSubmission { Definition = JobLoader.Load(new JobText(Job, JobFormat.Hocon)) }, CancellationToken.None);
        var ended = await job.Ended;
        if (ended.Status != JobStatus.Finished) throw new InvalidOperationException($"The job of the engine bench ended {ended.Status.Name}: {ended.ErrorText}");
        return tally;
    }

    private string Job => $$"""
        env { job.mode = "BATCH", parallelism = 1 }
        source {
          FakeSource {
            plugin_output = "made_up"
            row.num = {{rows}}
            seed = 42
            int.min = 0
            int.max = 1000000
            string.template = ["alpha", "beta", "gamma", "delta", "epsilon"]
            string.fake.mode = "TEMPLATE"
            schema { fields { id = bigint, n = int, price = double, name = string, ts = timestamp } }
          }
        }
        transform { Sql { plugin_input = "made_up", plugin_output = "chosen", query = "{{Query}}" } }
        sink { Discard { plugin_input = "chosen" } }
        """;
}
