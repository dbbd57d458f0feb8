using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Leaky;

/// <summary>One row, which says how long the password is.</summary>
internal sealed class LeakySource : SourcePlugin
{
    public override string Name => "LeakySource";

    public override string Summary => "Fails with its secrets.";

    public override OptionSet Options { get; } = new([Leak.Place, Leak.Word, Leak.Password]) { FreePrefixes = [""] };

    public override IReadOnlyList<Problem> Check(SettingsObject settings)
    {
        var context = new SourceContext { Settings = settings };
        return Leak.Is("check", context) ? [.. base.Check(settings), new Problem(CommonErrors.OptionValidateFailed, Leak.TextOf(context)) { Mend = Leak.TextOf(context) }] : base.Check(settings);
    }

    public override ValueTask<ISource> CreateAsync(SourceContext context, CancellationToken stop)
    {
        Leak.Here("make_source", context);
        if (Leak.Is("refuse", context)) throw new ChunnelException(CommonErrors.FileMissing("Leaky", "read", Leak.TextOf(context)), Leak.TextOf(context)) { Mend = Leak.TextOf(context) };
        if (Leak.Is("say", context)) context.Say(Leak.TextOf(context));
        return new(new Source(context));
    }

    private sealed record OnlySplit() : SourceSplit("only");

    private sealed class Source(SourceContext context) : ISource
    {
        public bool IsBounded => true;

        public IReadOnlyList<TableSchema> Tables { get; } = [new TableSchema(TablePath.Parse("leaks"), [new ColumnDef("length", DataType.BigInt)])];

        public SourceReplay Replay => SourceReplay.Exact;

        public ISplitEnumerator CreateEnumerator(IEnumeratorContext readers, byte[]? state) => new Enumerator(context, readers);

        public ISourceReader CreateReader(ReaderContext reader) => new Reader(context, this, reader);

        public byte[] WriteSplit(SourceSplit split) => [];

        public SourceSplit ReadSplit(byte[] bytes) => new OnlySplit();

        public ValueTask DisposeAsync()
        {
            Leak.Here("let_go", context);
            return ValueTask.CompletedTask;
        }
    }

    private sealed class Enumerator(SourceContext context, IEnumeratorContext readers) : ISplitEnumerator
    {
        public ValueTask OpenAsync(CancellationToken stop)
        {
            Leak.Here("open_enumerator", context);
            return ValueTask.CompletedTask;
        }

        public ValueTask AddReaderAsync(int subtask, CancellationToken stop) => ValueTask.CompletedTask;

        public ValueTask RunAsync(CancellationToken stop)
        {
            Leak.Here("enumerate", context);
            readers.Assign(0, [new OnlySplit()]);
            for (var reader = 0; reader < readers.Parallelism; reader++) readers.NoMoreSplits(reader);
            return ValueTask.CompletedTask;
        }

        public ValueTask HandleSplitRequestAsync(int subtask, CancellationToken stop) => ValueTask.CompletedTask;

        public ValueTask AddSplitsBackAsync(IReadOnlyList<SourceSplit> splits, int subtask, CancellationToken stop) => ValueTask.CompletedTask;

        public byte[] Snapshot(long checkpointId) => [];

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class Reader(SourceContext context, Source source, ReaderContext reader) : ISourceReader
    {
        private readonly Queue<SourceSplit> _splits = new();
        private bool _noMore;

        public ValueTask OpenAsync(CancellationToken stop)
        {
            Leak.Here("open_reader", context);
            return ValueTask.CompletedTask;
        }

        public void AddSplits(IReadOnlyList<SourceSplit> splits)
        {
            foreach (var split in splits) _splits.Enqueue(split);
        }

        public void NoMoreSplits() => _noMore = true;

        public ValueTask<ReadResult> ReadAsync(CancellationToken stop)
        {
            Leak.Here("read", context);
            // As some drivers do: it hears of no token.
            if (Leak.Is("stuck", context))
            {
                Console.Error.WriteLine("stuck");
                Thread.Sleep(Timeout.Infinite);
            }
            if (!_splits.TryDequeue(out _)) return new(_noMore ? ReadResult.End : ReadResult.WaitForSplits());
            if (Leak.Is("skip", context)) reader.Skipped(new SkippedRow("leaks", Leak.TextOf(context), Leak.TextOf(context)));
            using var builder = new BatchBuilder(source.Tables[0], reader.Memory, 1);
            builder.Fixed<long>(0)[0] = context.Get(Leak.Password).Length;
            return new(ReadResult.Of(builder.Build(1, 0)));
        }

        public IReadOnlyList<SourceSplit> Snapshot(long checkpointId) => [.. _splits];

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
