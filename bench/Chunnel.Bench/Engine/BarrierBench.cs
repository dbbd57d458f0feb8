using System.Globalization;
using Chunnel.Config;
using Chunnel.Connectors.Fake;
using Chunnel.Control;
using Chunnel.Core;
using Chunnel.Engine;
using Chunnel.Plugins;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chunnel.Bench;

/// <summary>How long a checkpoint takes from its trigger to its file when the sink cannot keep up with the source (architecture 5).</summary>
internal sealed class BarrierBench(BenchFolders folders) : IBench
{
    private const int Checkpoints = 100;
    private const int IntervalMilliseconds = 50;
    private const double MostMilliseconds = 1_000;
    private static readonly TimeSpan _lookEvery = TimeSpan.FromMilliseconds(200);
    private static readonly int[] _pauses = [5, 50, 200];

    public string Name => "barrier";

    public async Task<ResultPage> RunAsync()
    {
        var page = new ResultPage(Name, $"FakeSource without end -> a sink that needs a while for each batch; two readers, two writers, a checkpoint every {IntervalMilliseconds} ms, control log on SQLite and checkpoints in a folder, in process. Each figure is one checkpoint, from its trigger until it is complete and stored, of {Checkpoints}, the first ones of the job among them.\nThe yardstick is the same job whose sink drops its rows at once; it runs alone, the others at once, as they mostly wait.")
        {
            WhenMissed = "A barrier passes between two batches: it waits for the one in the writer's hand, and for what the channel holds, which is a quarter of a second's work at most, or one batch.",
        };
        page.Head("The sink needs for a batch", "median, ms", "p99, ms", "most, ms");
        var work = folders.Fresh();
        Tell(page, "nothing", await MeasureAsync(work, TimeSpan.Zero));
        var slow = await Task.WhenAll(_pauses.Select(pause => MeasureAsync(work, TimeSpan.FromMilliseconds(pause))));
        foreach (var (pause, took) in _pauses.Zip(slow))
        {
            Tell(page, $"{pause} ms", took);
            page.Must($"{pause} ms a batch: p99 within 1 s", $"{took.At(0.99):F0} ms", took.At(0.99) <= MostMilliseconds);
        }
        return page;
    }

    private static void Tell(ResultPage page, string what, Spread took) => page.Row(what, Text(took.Median), Text(took.At(0.99)), Text(took.Most));

    /// <summary>The milliseconds that the checkpoints of a job took whose sink needs so long for a batch.</summary>
    private static async Task<Spread> MeasureAsync(string work, TimeSpan pause) =>
        new((await CheckpointsAsync(work, pause)).Select(checkpoint => (checkpoint.EndedAt.ToDateTimeOffset() - checkpoint.TriggeredAt.ToDateTimeOffset()).TotalMilliseconds));

    private static async Task<IReadOnlyCollection<PastCheckpoint>> CheckpointsAsync(string work, TimeSpan pause)
    {
        var folder = Directory.CreateDirectory(Path.Combine(work, Text(pause.TotalMilliseconds))).FullName;
        var plugins = new PluginRegistry([.. FakeConnector.Plugins, new PluginEntry(PluginKind.Sink, "Discard", () => new DiscardPlugin(new DiscardTally(long.MaxValue), pause))]);
        using var logs = new NodeLogs(null, "bench.log", new Silence(), TimeProvider.System);
        var storage = new EngineStorage
        {
            Log = new SqliteMedium(Path.Combine(folder, "control.db")),
            Checkpoints = new CheckpointStore(new FolderMedium(Path.Combine(folder, "checkpoints"), TimeProvider.System), maxRetained: 3, NullLogger.Instance),
            Shades = new ShadeSet([]),
        };
        await using var engine = new ChunnelEngine(new EngineSettings(), plugins, logs, TimeProvider.System, storage);
        await engine.StartAsync(CancellationToken.None);
        var job = await engine.SubmitAsync(new JobSubmission { Definition = JobLoader.Load(new JobText(Job, JobFormat.Hocon)) }, CancellationToken.None);
        var seen = new Dictionary<long, PastCheckpoint>();
        using var timer = new PeriodicTimer(_lookEvery);
        while (seen.Count < Checkpoints && await timer.WaitForNextTickAsync())
        {
            var view = job.View;
            if (view.Status.IsTerminal) throw new InvalidOperationException($"The job of the barrier bench ended {view.Status.Name}: {view.ErrorText}");
            foreach (var past in view.Pipelines.SelectMany(pipeline => pipeline.Checkpoints.History.Past)) seen.TryAdd(past.Id, past);
        }
        await engine.CancelAsync(job.JobId, CancellationToken.None);
        await job.Ended;
        return seen.Values;
    }

    private static string Job => string.Create(CultureInfo.InvariantCulture, $$"""
        env { job.mode = "STREAMING", parallelism = 2, checkpoint.interval = {{IntervalMilliseconds}} }
        source {
          FakeSource {
            plugin_output = "made_up"
            row.num = 1000000000000
            split.num = 2
            schema { fields { id = bigint, n = int, price = double, name = string, ts = timestamp } }
          }
        }
        sink { Discard { plugin_input = "made_up" } }
        """);

    private static string Text(double milliseconds) => milliseconds.ToString("F0", CultureInfo.InvariantCulture);
}
