using System.Buffers.Binary;
using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Cli.Testing;

/// <summary>Stands in for a source: gives the rows of a test.</summary>
internal sealed class GivenPlugin(string name, IReadOnlyList<(TableSchema Table, IReadOnlyList<TestRow> Rows)> tables, FaultPlan? faults) : SourcePlugin
{
    public override string Name => name;

    public override string Summary => "Gives the rows of a test.";

    public override OptionSet Options { get; } = new([]);

    public override ValueTask<ISource> CreateAsync(SourceContext context, CancellationToken stop) => new(new GivenSource(tables, faults));
}

internal sealed class GivenSource(IReadOnlyList<(TableSchema Table, IReadOnlyList<TestRow> Rows)> tables, FaultPlan? faults) : ISource
{
    private const int SplitBytes = 2 * sizeof(int);

    public bool IsBounded => true;

    public IReadOnlyList<TableSchema> Tables { get; } = [.. tables.Select(table => table.Table)];

    public SourceReplay Replay => SourceReplay.Exact;

    public ISplitEnumerator CreateEnumerator(IEnumeratorContext context, byte[]? state) =>
        new GivenEnumerator(context, state is null ? [.. tables.Select((_, index) => new GivenSplit(index, 0))] : [.. state.Chunk(SplitBytes).Select(ReadSplit)], WriteSplit);

    public ISourceReader CreateReader(ReaderContext context) => new GivenReader(tables, context, faults);

    public byte[] WriteSplit(SourceSplit split)
    {
        var bytes = new byte[SplitBytes];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, ((GivenSplit)split).Table);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(sizeof(int)), ((GivenSplit)split).Row);
        return bytes;
    }

    public SourceSplit ReadSplit(byte[] bytes) => new GivenSplit(BinaryPrimitives.ReadInt32LittleEndian(bytes), BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(sizeof(int))));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private sealed record GivenSplit(int Table, int Row) : SourceSplit($"table-{Table}");

    /// <summary>All rows go to the first reader, so that they keep their order.</summary>
    private sealed class GivenEnumerator(IEnumeratorContext context, IReadOnlyList<SourceSplit> splits, Func<SourceSplit, byte[]> write) : ISplitEnumerator
    {
        private readonly List<SourceSplit> _left = [.. splits];

        public ValueTask OpenAsync(CancellationToken stop) => ValueTask.CompletedTask;

        public ValueTask AddReaderAsync(int subtask, CancellationToken stop) => ValueTask.CompletedTask;

        public ValueTask RunAsync(CancellationToken stop)
        {
            if (_left.Count > 0) context.Assign(0, [.. _left]);
            _left.Clear();
            for (var subtask = 0; subtask < context.Parallelism; subtask++) context.NoMoreSplits(subtask);
            return ValueTask.CompletedTask;
        }

        public ValueTask HandleSplitRequestAsync(int subtask, CancellationToken stop) => ValueTask.CompletedTask;

        public ValueTask AddSplitsBackAsync(IReadOnlyList<SourceSplit> splits, int subtask, CancellationToken stop)
        {
            _left.AddRange(splits);
            return ValueTask.CompletedTask;
        }

        public byte[] Snapshot(long checkpointId) => [.. _left.SelectMany(write)];

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class GivenReader(IReadOnlyList<(TableSchema Table, IReadOnlyList<TestRow> Rows)> tables, ReaderContext context, FaultPlan? faults) : ISourceReader
    {
        private readonly Queue<GivenSplit> _splits = new();
        private GivenSplit? _pausedAt;
        private bool _noMore;

        public ValueTask OpenAsync(CancellationToken stop) => ValueTask.CompletedTask;

        public void AddSplits(IReadOnlyList<SourceSplit> splits)
        {
            foreach (var split in splits) _splits.Enqueue((GivenSplit)split);
        }

        public void NoMoreSplits() => _noMore = true;

        public ValueTask<ReadResult> ReadAsync(CancellationToken stop)
        {
            while (_splits.TryPeek(out var split) && split.Row >= tables[split.Table].Rows.Count) _splits.Dequeue();
            if (!_splits.TryPeek(out var next)) return new(_noMore ? ReadResult.End : ReadResult.WaitForSplits());
            if (faults is not null && _pausedAt != next)
            {
                _pausedAt = next;
                return new(ReadResult.Idle(faults.Pause(next.Table, next.Row)));
            }
            faults?.Reach("read");
            var (table, rows) = tables[next.Table];
            var taken = rows.Skip(next.Row).Take(Math.Min(faults?.BatchRows(next.Table, next.Row) ?? ColumnBatch.AimRows, context.BatchRows)).ToList();
            var batch = TestRows.ToBatch(taken, table, context.Memory);
            _splits.Dequeue();
            // The rest of the table comes before the next one.
            var rest = _splits.ToList();
            _splits.Clear();
            _splits.Enqueue(next with { Row = next.Row + taken.Count });
            foreach (var split in rest) _splits.Enqueue(split);
            return new(ReadResult.Of(batch));
        }

        public IReadOnlyList<SourceSplit> Snapshot(long checkpointId) => [.. _splits];

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
