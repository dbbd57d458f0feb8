using Chunnel.Core;

namespace Chunnel.Plugins.Tests.Contracts;

/// <summary>A source of numbers, with a slip or without.</summary>
internal sealed class NumbersPlugin(Fault fault) : SourcePlugin
{
    private const int Rows = 10_000;

    public override string Name => "Numbers";

    public override string Summary => "Gives numbers.";

    public override OptionSet Options { get; } = new([]);

    public override ValueTask<ISource> CreateAsync(SourceContext context, CancellationToken stop) => new(new Numbers(fault));

    private sealed record Split(int At) : SourceSplit("numbers");

    private sealed class Numbers(Fault fault) : ISource
    {
        private readonly TableSchema _table = new(TablePath.Default, [new ColumnDef("n", DataType.Int)]);

        public bool IsBounded => true;

        public IReadOnlyList<TableSchema> Tables => [_table];

        public SourceReplay Replay => SourceReplay.Exact;

        public ISplitEnumerator CreateEnumerator(IEnumeratorContext context, byte[]? state) =>
            new Enumerator(context, state is null ? [new Split(0)] : state.Length == 0 ? [] : [(Split)ReadSplit(state)]);

        public ISourceReader CreateReader(ReaderContext context) => new Reader(_table, context, fault);

        public byte[] WriteSplit(SourceSplit split) => BitConverter.GetBytes(fault == Fault.LosesASplitOnTheWire ? 1 : ((Split)split).At);

        public SourceSplit ReadSplit(byte[] bytes) => new Split(BitConverter.ToInt32(bytes));

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class Enumerator(IEnumeratorContext context, List<Split> pending) : ISplitEnumerator
    {
        public ValueTask OpenAsync(CancellationToken stop) => ValueTask.CompletedTask;

        public ValueTask AddReaderAsync(int subtask, CancellationToken stop) => ValueTask.CompletedTask;

        public ValueTask RunAsync(CancellationToken stop)
        {
            if (pending.Count > 0) context.Assign(0, [.. pending]);
            pending.Clear();
            for (var reader = 0; reader < context.Parallelism; reader++) context.NoMoreSplits(reader);
            return ValueTask.CompletedTask;
        }

        public ValueTask HandleSplitRequestAsync(int subtask, CancellationToken stop) => ValueTask.CompletedTask;

        public ValueTask AddSplitsBackAsync(IReadOnlyList<SourceSplit> splits, int subtask, CancellationToken stop)
        {
            pending.AddRange(splits.Cast<Split>());
            return ValueTask.CompletedTask;
        }

        public byte[] Snapshot(long checkpointId) => pending.Count == 0 ? [] : BitConverter.GetBytes(pending[0].At);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class Reader(TableSchema table, ReaderContext context, Fault fault) : ISourceReader
    {
        private readonly BatchBuilder _builder = new(table, context.Memory, fault == Fault.MakesLargeBatches ? 1000 : Math.Min(1000, context.BatchRows));
        private int? _at;
        private int _before;
        private bool _noMore;

        public ValueTask OpenAsync(CancellationToken stop) => ValueTask.CompletedTask;

        public void AddSplits(IReadOnlyList<SourceSplit> splits) => _before = (_at = ((Split)splits[0]).At).Value;

        public void NoMoreSplits() => _noMore = true;

        public async ValueTask<ReadResult> ReadAsync(CancellationToken stop)
        {
            stop.ThrowIfCancellationRequested();
            if (_at is not { } at || at >= Rows) return _noMore ? ReadResult.End : ReadResult.WaitForSplits();
            await context.Memory.WaitForRoomAsync(_builder.Capacity * sizeof(int), stop);
            var count = Math.Min(_builder.Capacity, Rows - at);
            var numbers = _builder.Fixed<int>(0);
            for (var i = 0; i < count; i++) numbers[i] = at + i;
            (_before, _at) = (at, at + count);
            var batch = _builder.Build(count);
            if (fault == Fault.LeaksABatch && at == 0) batch.Share();
            return ReadResult.Of(batch);
        }

        public IReadOnlyList<SourceSplit> Snapshot(long checkpointId) => _at switch
        {
            null or >= Rows => [],
            { } at when fault == Fault.SnapshotLagsBehind => [new Split(Math.Min(_before, at))],
            { } at when fault == Fault.SnapshotRunsAhead => [new Split(at + 1)],
            { } at => [new Split(at)],
        };

        public ValueTask DisposeAsync()
        {
            _builder.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
