using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Engine.Tests;

/// <summary>What a look at a job does to its source, and what it never does.</summary>
public sealed class JobPreviewTests
{
    private readonly WatchedPlugin _source = new();
    private int _sinksMade;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_reads_no_more_than_was_asked_for_acknowledges_nothing_and_makes_no_sink()
    {
        (await LookAsync(new PreviewSettings { Rows = 7 })).End.ShouldBe(PreviewEnd.Enough);
        _source.RowsRead.ShouldBe(7);
        _source.Calls.ShouldBe(["open", "read", "dispose"]);
        _sinksMade.ShouldBe(0);
    }

    [Fact]
    public async Task A_source_that_does_not_hear_is_left_behind()
    {
        _source.Hangs = true;
        try
        {
            var seen = await LookAsync(new PreviewSettings { Rows = 7, Timeout = TimeSpan.FromMilliseconds(50), Grace = TimeSpan.FromMilliseconds(50) });
            seen.End.ShouldBe(PreviewEnd.Hanging);
            seen.Steps[0].Tables.ShouldHaveSingleItem().Rows.Count.ShouldBe(0);
        }
        finally
        {
            _source.Release.Set();
        }
    }

    [Fact]
    public async Task A_source_that_breaks_is_told_of_with_what_came_before()
    {
        _source.BreaksAfter = 3;
        var seen = await LookAsync(new PreviewSettings { Rows = 7 });
        seen.End.ShouldBe(PreviewEnd.Failed);
        seen.Fault.ShouldNotBeNull().What.ShouldContain("the cable is out");
        seen.Steps[0].Tables.ShouldHaveSingleItem().Rows.Count.ShouldBe(3);
        _source.Calls[^1].ShouldBe("dispose");
    }

    /// <summary>What a job would set aside is told of; its sink of dead letters is not made either.</summary>
    [Theory]
    [InlineData("dead_letter { sink { Collect {} } }", "set aside row 1 of numbers: 0 is a multiple of 2; the secret is hunter2hunter2.")]
    [InlineData("dead_letter.policy = skip", "left out row 1 of numbers: 0 is a multiple of 2; the secret is hunter2hunter2.")]
    public async Task Refused_rows_are_told_of_and_written_nowhere(string env, string note)
    {
        var seen = await LookAsync(new PreviewSettings { Rows = 3 }, $"env {{ {env} }}\nsource {{ Numbers {{}} }}\ntransform {{ Picky {{ refuses = 2 }} }}\nsink {{ Collect {{}} }}");
        seen.End.ShouldBe(PreviewEnd.Enough, seen.Fault?.What);
        seen.Steps[1].Notes[0].ShouldBe(note);
        seen.Steps[1].Tables.ShouldHaveSingleItem().Rows.Count.ShouldBe(1);
        _sinksMade.ShouldBe(0);
    }

    private async Task<PipelinePreview> LookAsync(PreviewSettings settings, string job = "env {}\nsource { Watched {} }\nsink { Collect {} }")
    {
        var planner = new JobPlanner(
            new PluginRegistry([
                new PluginEntry(PluginKind.Source, "Watched", () => _source),
                new PluginEntry(PluginKind.Source, "Numbers", () => new NumbersPlugin()),
                new PluginEntry(PluginKind.Transform, "Picky", () => new PickyPlugin()),
                new PluginEntry(PluginKind.Sink, "Collect", () => new CountedSinks(() => _sinksMade++)),
            ]),
            TimeProvider.System);
        var preview = new JobPreview(planner, TimeProvider.System);
        var plan = await preview.PlanAsync(EngineUnderTest.Define(job), Stop);
        var seen = new List<PipelinePreview>();
        await foreach (var pipeline in preview.RunAsync(plan, settings, Stop)) seen.Add(pipeline);
        return seen.ShouldHaveSingleItem();
    }

    private sealed class CountedSinks(Action made) : SinkPlugin
    {
        public override string Name => "Collect";

        public override string Summary => "Counts.";

        public override OptionSet Options { get; } = new([]);

        public override ValueTask<ISink> CreateAsync(SinkContext context, CancellationToken stop)
        {
            made();
            throw new InvalidOperationException("a preview makes no sink");
        }
    }

    /// <summary>A source that writes down what is asked of it.</summary>
    private sealed class WatchedPlugin : SourcePlugin
    {
        public static readonly TableSchema Table = new(TablePath.Parse("watched"), [new("n", DataType.Int)]);

        public List<string> Calls { get; } = [];

        public int RowsRead { get; set; }

        public bool Hangs { get; set; }

        public int BreaksAfter { get; set; } = int.MaxValue;

        public ManualResetEventSlim Release { get; } = new();

        public override string Name => "Watched";

        public override string Summary => "Writes down what is asked of it.";

        public override OptionSet Options { get; } = new([]);

        public override ValueTask<ISource> CreateAsync(SourceContext context, CancellationToken stop) => new(new Watched(this));

        public void Call(string name)
        {
            if (Calls.Count == 0 || Calls[^1] != name) Calls.Add(name);
        }
    }

    private sealed class Watched(WatchedPlugin plugin) : ISource
    {
        public bool IsBounded => true;

        public IReadOnlyList<TableSchema> Tables => [WatchedPlugin.Table];

        public SourceReplay Replay => SourceReplay.Exact;

        public ISplitEnumerator CreateEnumerator(IEnumeratorContext context, byte[]? state) => new Enumerator(context, plugin);

        public ISourceReader CreateReader(ReaderContext context) => new Reader(plugin, context);

        public byte[] WriteSplit(SourceSplit split) => throw new NotSupportedException();

        public SourceSplit ReadSplit(byte[] bytes) => throw new NotSupportedException();

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class Enumerator(IEnumeratorContext context, WatchedPlugin plugin) : ISplitEnumerator
    {
        public ValueTask OpenAsync(CancellationToken stop) => ValueTask.CompletedTask;

        public ValueTask AddReaderAsync(int subtask, CancellationToken stop) => ValueTask.CompletedTask;

        public ValueTask RunAsync(CancellationToken stop)
        {
            context.Parallelism.ShouldBe(1);
            return ValueTask.CompletedTask;
        }

        public ValueTask HandleSplitRequestAsync(int subtask, CancellationToken stop) => ValueTask.CompletedTask;

        public ValueTask AddSplitsBackAsync(IReadOnlyList<SourceSplit> splits, int subtask, CancellationToken stop) => ValueTask.CompletedTask;

        public byte[] Snapshot(long checkpointId)
        {
            plugin.Call("snapshot");
            return [];
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class Reader(WatchedPlugin plugin, ReaderContext context) : ISourceReader
    {
        public ValueTask OpenAsync(CancellationToken stop)
        {
            plugin.Call("open");
            return ValueTask.CompletedTask;
        }

        public void AddSplits(IReadOnlyList<SourceSplit> splits)
        {
        }

        public void NoMoreSplits()
        {
        }

        public ValueTask<ReadResult> ReadAsync(CancellationToken stop)
        {
            if (plugin.Hangs) plugin.Release.Wait(CancellationToken.None);
            plugin.Call("read");
            if (plugin.RowsRead >= plugin.BreaksAfter) throw new IOException("the cable is out");
            using var builder = new BatchBuilder(WatchedPlugin.Table, context.Memory, context.BatchRows);
            var rows = Math.Min(context.BatchRows, plugin.BreaksAfter - plugin.RowsRead);
            for (var row = 0; row < rows; row++) ((FixedBuilder<int>)builder[0]).Values[row] = plugin.RowsRead + row;
            plugin.RowsRead += rows;
            return new(ReadResult.Of(builder.Build(rows, 0)));
        }

        public IReadOnlyList<SourceSplit> Snapshot(long checkpointId)
        {
            plugin.Call("snapshot");
            return [];
        }

        public ValueTask CheckpointCompletedAsync(long checkpointId, CancellationToken stop)
        {
            plugin.Call("acknowledge");
            return ValueTask.CompletedTask;
        }

        public ValueTask DisposeAsync()
        {
            plugin.Call("dispose");
            return ValueTask.CompletedTask;
        }
    }
}
