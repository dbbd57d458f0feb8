using System.Globalization;
using System.Text;
using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Engine.Tests;

/// <summary>
/// A log of rows in which the table changes: each entry of <c>changes_at</c> stands before the row of that number and adds a column. It is always the
/// same log, however often it is read. Can be told to fail at a row, once.
/// </summary>
internal sealed class ChangingPlugin : SourcePlugin
{
    public static readonly Option<long> Rows = Option.Long("rows").Default(20).Says("Rows in all.");
    public static readonly Option<int> Batch = Option.Int("batch").Default(4).Says("Rows of a batch.");
    public static readonly Option<IReadOnlyList<string>> ChangesAt = Option.TextList("changes_at").Default(["10"]).Says("Before which rows a column is added.");
    public static readonly Option<long> FailAt = Option.Long("fail_at").Default(-1).Says("The row whose reading fails the first time.");
    public static readonly Option<long> HoldAt = Option.Long("hold_at").Default(-1).Says("The row that is not read before the test says so.");

    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _failed;

    public override string Name => "Changing";

    public override string Summary => "A table that changes.";

    public override OptionSet Options { get; } = new([Rows, Batch, ChangesAt, FailAt, HoldAt]);

    public void Release() => _released.TrySetResult();

    public override ValueTask<ISource> CreateAsync(SourceContext context, CancellationToken stop) => new(new Source(this, context));

    private static TableSchema SchemaAfter(int changes) =>
        new(TablePath.Parse("t"), [new ColumnDef("n", DataType.BigInt), .. Enumerable.Range(1, changes).Select(number => new ColumnDef($"c{number}", DataType.BigInt))]);

    /// <summary>Where a reader is: the next row, and how many changes are behind it.</summary>
    private sealed record Position(long Next, int Changes) : SourceSplit("log");

    private sealed class Source(ChangingPlugin plugin, SourceContext context) : ISource
    {
        public bool IsBounded => true;

        public IReadOnlyList<TableSchema> Tables { get; } = [SchemaAfter(0)];

        public SourceReplay Replay => SourceReplay.Exact;

        public ISplitEnumerator CreateEnumerator(IEnumeratorContext readers, byte[]? state) => new Enumerator(readers, isFresh: state is null);

        public ISourceReader CreateReader(ReaderContext reader) => new Reader(plugin, context, reader);

        public byte[] WriteSplit(SourceSplit split) => Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{((Position)split).Next},{((Position)split).Changes}"));

        public SourceSplit ReadSplit(byte[] bytes)
        {
            var parts = Encoding.UTF8.GetString(bytes).Split(',');
            return new Position(long.Parse(parts[0], CultureInfo.InvariantCulture), int.Parse(parts[1], CultureInfo.InvariantCulture));
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class Enumerator(IEnumeratorContext readers, bool isFresh) : ISplitEnumerator
    {
        public ValueTask OpenAsync(CancellationToken stop) => ValueTask.CompletedTask;

        public ValueTask AddReaderAsync(int subtask, CancellationToken stop) => ValueTask.CompletedTask;

        public ValueTask RunAsync(CancellationToken stop)
        {
            if (isFresh) readers.Assign(0, [new Position(0, 0)]);
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

    private sealed class Reader(ChangingPlugin plugin, SourceContext context, ReaderContext reader) : ISourceReader
    {
        private readonly long[] _changesAt = [.. context.Get(ChangesAt).Select(row => long.Parse(row, CultureInfo.InvariantCulture))];
        private Position? _position;
        private bool _noMore;

        public ValueTask OpenAsync(CancellationToken stop) => ValueTask.CompletedTask;

        public void AddSplits(IReadOnlyList<SourceSplit> splits) => _position = (Position)splits.Single();

        public void NoMoreSplits() => _noMore = true;

        public void ChangeTaken() => _position = _position! with { Changes = _position.Changes + 1 };

        public ValueTask<ReadResult> ReadAsync(CancellationToken stop)
        {
            if (_position is not { } at || at.Next == context.Get(Rows)) return new(_noMore ? ReadResult.End : ReadResult.WaitForSplits());
            if (at.Changes < _changesAt.Length && _changesAt[at.Changes] == at.Next) return new(ReadResult.Of(Change(at.Changes)));
            if (at.Next == context.Get(HoldAt) && !plugin._released.Task.IsCompleted) return new(ReadResult.IdleUntil(plugin._released.Task));
            if (at.Next == context.Get(FailAt) && Interlocked.Exchange(ref plugin._failed, 1) == 0) throw new IOException($"row {at.Next} is out of reach");
            var end = Math.Min(at.Next + context.Get(Batch), context.Get(Rows));
            foreach (var stopAt in _changesAt.Append(context.Get(FailAt)).Append(context.Get(HoldAt)))
            {
                if (stopAt > at.Next) end = Math.Min(end, stopAt);
            }
            _position = at with { Next = end };
            return new(ReadResult.Of(Make(SchemaAfter(at.Changes), at.Next, (int)(end - at.Next))));
        }

        public IReadOnlyList<SourceSplit> Snapshot(long checkpointId) => _position is { } at ? [at] : [];

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        private static AddColumn Change(int before)
        {
            var after = SchemaAfter(before + 1);
            return new(after.Path, after.Columns[^1], new ColumnPlace()) { After = after };
        }

        private ColumnBatch Make(TableSchema table, long first, int count)
        {
            using var builder = new BatchBuilder(table, reader.Memory, count);
            for (var column = 0; column < table.Columns.Count; column++)
            {
                var values = builder.Fixed<long>(column);
                for (var i = 0; i < count; i++) values[i] = first + i;
            }
            return builder.Build(count, first);
        }
    }
}
