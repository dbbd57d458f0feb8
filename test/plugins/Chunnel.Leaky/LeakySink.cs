using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Leaky;

/// <summary>Takes rows and throws them away.</summary>
internal sealed class LeakySink : SinkPlugin
{
    public override string Name => "LeakySink";

    public override string Summary => "Fails with its secrets.";

    public override OptionSet Options { get; } = new([Leak.Place, Leak.Word, Leak.Password]) { FreePrefixes = [""] };

    public override ValueTask<ISink> CreateAsync(SinkContext context, CancellationToken stop)
    {
        Leak.Here("make_sink", context);
        return new(new Sink(context));
    }

    private sealed class Sink(SinkContext context) : ISink
    {
        public TableSchema Table => context.Table;

        public SinkDelivery Delivery => SinkDelivery.ExactlyOnce;

        public ISaveMode SaveMode => new Target(context);

        public ISinkWriter CreateWriter(WriterContext writer, IReadOnlyList<byte[]> states)
        {
            Leak.Here("make_writer", context);
            return new Writer(context, writer);
        }

        public IAggregatedCommitter CreateAggregatedCommitter()
        {
            Leak.Here("make_committer", context);
            return new Committer(context);
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class Writer(SinkContext context, WriterContext writer) : ISinkWriter
    {
        public ValueTask OpenAsync(CancellationToken stop)
        {
            Leak.Here("open_writer", context);
            if (Leak.Is("warn", context)) writer.Warn(Leak.TextOf(context));
            return ValueTask.CompletedTask;
        }

        public ValueTask WriteAsync(ColumnBatch batch, CancellationToken stop)
        {
            using (batch) Leak.Here("write", context);
            return ValueTask.CompletedTask;
        }

        public ValueTask<byte[]?> PrepareCommitAsync(long checkpointId, CancellationToken stop)
        {
            Leak.Here("prepare", context);
            return new([1]);
        }

        public ValueTask DisposeAsync()
        {
            Leak.Here("close", context);
            return ValueTask.CompletedTask;
        }
    }

    private sealed class Committer(SinkContext context) : IAggregatedCommitter
    {
        public byte[] Combine(IReadOnlyList<byte[]> infos) => [];

        public ValueTask<IReadOnlyList<byte[]>> CommitAsync(IReadOnlyList<byte[]> aggregates, CancellationToken stop)
        {
            Leak.Here("commit", context);
            return new([]);
        }

        public ValueTask RestoreCommitAsync(IReadOnlyList<byte[]> aggregates, CancellationToken stop) => ValueTask.CompletedTask;

        public ValueTask AbortAsync(IReadOnlyList<byte[]> aggregates, CancellationToken stop) => ValueTask.CompletedTask;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class Target(SinkContext context) : ISaveMode
    {
        public TableSchema Table => context.Table;

        public SchemaSaveMode Schema => SchemaSaveMode.CreateSchemaWhenNotExist;

        public DataSaveMode Data => DataSaveMode.AppendData;

        public string Catalog => Leak.Is("catalog", context) ? Leak.TextOf(context) : "none";

        public ValueTask<bool> TableExistsAsync(CancellationToken stop)
        {
            Leak.Here("save_mode", context);
            return new(true);
        }

        public ValueTask CreateTableAsync(CancellationToken stop) => ValueTask.CompletedTask;

        public ValueTask DropTableAsync(CancellationToken stop) => ValueTask.CompletedTask;

        public ValueTask<bool> HasDataAsync(CancellationToken stop) => new(false);

        public ValueTask DropDataAsync(CancellationToken stop) => ValueTask.CompletedTask;

        public ValueTask RunCustomAsync(CancellationToken stop) => ValueTask.CompletedTask;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
