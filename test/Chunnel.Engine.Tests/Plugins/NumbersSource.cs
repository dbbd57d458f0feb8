using System.Globalization;
using System.Text;
using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Engine.Tests;

/// <summary>Counts: each split holds a range of numbers, read in batches. Can be told to fail, to wait, or never to end.</summary>
internal sealed class NumbersPlugin : SourcePlugin
{
    public static readonly Option<long> Rows = Option.Long("rows").Default(10).Says("Numbers in all.");
    public static readonly Option<int> Batch = Option.Int("batch").Default(4).Says("Rows of a batch.");
    public static readonly Option<int> Splits = Option.Int("splits").Default(1).Says("Splits in all.");
    public static readonly Option<long> FailAt = Option.Long("fail_at").Default(-1).Says("The number at which reading fails.");
    public static readonly Option<int> FailTimes = Option.Int("fail_times").Default(int.MaxValue).Says("How often it fails.");
    public static readonly Option<string> Hold = Option.Choice("hold", "never", "before_end", "in_read", "for_checkpoint", "for_release", "at_first", "at_both_ends").Default("never").Says("Where it waits for ever; or, before 'fail_at', until a checkpoint of its attempt is complete; or, after the first batch of a split, until the test says so; or before everything until the test says so; or that, and for ever before the end.");
    public static readonly Option<IReadOnlyList<string>> Tables = Option.TextList("tables").Default(["numbers"]).Says("Tables; every number goes to each.");

    public static readonly Option<string> ColumnName = Option.Text("column").Default("n").Says("What the column of numbers is called.");
    public static readonly Option<bool> Endless = Option.Bool("endless").Default(false).Says("Says of itself that it never ends.");

    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _failed;

    /// <summary>Making the source fails: what it reads is out of reach.</summary>
    public bool IsAway { get; set; }

    /// <summary>Lets those go on who hold for it.</summary>
    public void Release() => _released.TrySetResult();

    public override string Name => "Numbers";

    public override string Summary => "Counts.";

    public override OptionSet Options { get; } = new([Rows, Batch, Splits, FailAt, FailTimes, Hold, Tables, ColumnName, Endless]);

    /// <summary>Making the source waits for this.</summary>
    public Task Making { get; set; } = Task.CompletedTask;

    /// <summary>Completes when a source waits for <see cref="Making"/>.</summary>
    public TaskCompletionSource IsBeingMade { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override async ValueTask<ISource> CreateAsync(SourceContext context, CancellationToken stop)
    {
        if (IsAway) throw new IOException("the numbers are out of reach");
        if (!Making.IsCompleted) IsBeingMade.TrySetResult();
        await Making.WaitAsync(stop);
        return new Source(this, context);
    }

    private bool FailsNow(int times) => Interlocked.Increment(ref _failed) <= times;

    internal sealed record Split(string Id, long Next, long End) : SourceSplit(Id);

    private sealed class Source(NumbersPlugin plugin, SourceContext context) : ISource
    {
        public bool IsBounded => !context.Get(Endless);

        public IReadOnlyList<TableSchema> Tables { get; } =
            [.. context.Get(NumbersPlugin.Tables).Select(name => new TableSchema(TablePath.Parse(name), [new ColumnDef(context.Get(ColumnName), DataType.BigInt)]))];

        public SourceReplay Replay => SourceReplay.Exact;

        public ISplitEnumerator CreateEnumerator(IEnumeratorContext readers, byte[]? state) => new Enumerator(context, readers, isFresh: state is null);

        public ISourceReader CreateReader(ReaderContext reader) => new Reader(plugin, context, this, reader);

        public byte[] WriteSplit(SourceSplit split) => Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{split.Id},{((Split)split).Next},{((Split)split).End}"));

        public SourceSplit ReadSplit(byte[] bytes)
        {
            var parts = Encoding.UTF8.GetString(bytes).Split(',');
            return new Split(parts[0], long.Parse(parts[1], CultureInfo.InvariantCulture), long.Parse(parts[2], CultureInfo.InvariantCulture));
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class Enumerator(SourceContext context, IEnumeratorContext readers, bool isFresh) : ISplitEnumerator
    {
        public ValueTask OpenAsync(CancellationToken stop) => ValueTask.CompletedTask;

        public ValueTask AddReaderAsync(int subtask, CancellationToken stop) => ValueTask.CompletedTask;

        public ValueTask RunAsync(CancellationToken stop)
        {
            var (rows, splits) = (context.Get(Rows), isFresh ? context.Get(Splits) : 0);
            for (var i = 0; i < splits; i++)
            {
                readers.Assign(i % readers.Parallelism, [new Split($"s{i}", rows * i / splits, rows * (i + 1) / splits)]);
            }
            for (var reader = 0; reader < readers.Parallelism; reader++) readers.NoMoreSplits(reader);
            return ValueTask.CompletedTask;
        }

        public ValueTask HandleSplitRequestAsync(int subtask, CancellationToken stop) => ValueTask.CompletedTask;

        public ValueTask AddSplitsBackAsync(IReadOnlyList<SourceSplit> splits, int subtask, CancellationToken stop)
        {
            readers.Assign(subtask, splits);
            return ValueTask.CompletedTask;
        }

        public byte[] Snapshot(long checkpointId) => [];

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class Reader(NumbersPlugin plugin, SourceContext context, Source source, ReaderContext reader) : ISourceReader
    {
        private readonly Queue<Split> _splits = new();
        private readonly Queue<ColumnBatch> _ready = new();
        private readonly TaskCompletionSource _completed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private bool _noMore;

        public ValueTask CheckpointCompletedAsync(long checkpointId, CancellationToken stop)
        {
            _completed.TrySetResult();
            return ValueTask.CompletedTask;
        }

        public ValueTask OpenAsync(CancellationToken stop) => ValueTask.CompletedTask;

        public void AddSplits(IReadOnlyList<SourceSplit> splits)
        {
            foreach (var split in splits) _splits.Enqueue((Split)split);
        }

        public void NoMoreSplits() => _noMore = true;

        public async ValueTask<ReadResult> ReadAsync(CancellationToken stop)
        {
            if (_ready.TryDequeue(out var ready)) return ReadResult.Of(ready);
            if (context.Get(Hold) == "in_read") await Task.Delay(Timeout.Infinite, stop);
            if (context.Get(Hold) is "at_first" or "at_both_ends" && !plugin._released.Task.IsCompleted) return ReadResult.IdleUntil(plugin._released.Task);
            if (!_splits.TryDequeue(out var split))
            {
                if (!_noMore || context.Get(Hold) is "before_end" or "at_both_ends") return ReadResult.WaitForSplits();
                return ReadResult.End;
            }
            if (context.Get(Hold) == "for_checkpoint" && split.Next + context.Get(NumbersPlugin.Batch) > context.Get(FailAt) && !_completed.Task.IsCompleted)
            {
                _splits.Enqueue(split);
                return ReadResult.IdleUntil(_completed.Task);
            }
            if (context.Get(Hold) == "for_release" && split.Next % 10 != 0 && !plugin._released.Task.IsCompleted)
            {
                _splits.Enqueue(split);
                return ReadResult.IdleUntil(plugin._released.Task);
            }
            var count = (int)Math.Min(Math.Min(context.Get(NumbersPlugin.Batch), reader.BatchRows), split.End - split.Next);
            var failAt = context.Get(FailAt);
            if (failAt >= split.Next && failAt < split.Next + count && plugin.FailsNow(context.Get(FailTimes)))
            {
                throw new InvalidOperationException($"number {failAt} is not wanted");
            }
            foreach (var table in source.Tables) _ready.Enqueue(Make(table, split.Next, count));
            if (split.Next + count < split.End) _splits.Enqueue(split with { Next = split.Next + count });
            return count == 0 ? await ReadAsync(stop) : ReadResult.Of(_ready.Dequeue());
        }

        public IReadOnlyList<SourceSplit> Snapshot(long checkpointId) => [.. _splits];

        public ValueTask DisposeAsync()
        {
            while (_ready.TryDequeue(out var batch)) batch.Dispose();
            return ValueTask.CompletedTask;
        }

        private ColumnBatch Make(TableSchema table, long first, int count)
        {
            using var builder = new BatchBuilder(table, reader.Memory, Math.Max(count, 1));
            var values = builder.Fixed<long>(0);
            for (var i = 0; i < count; i++) values[i] = first + i;
            return builder.Build(count, first);
        }
    }
}
