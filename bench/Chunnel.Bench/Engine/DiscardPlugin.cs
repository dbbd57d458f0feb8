using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Bench;

/// <summary>A sink that drops its rows and tells a tally of them.</summary>
/// <param name="tally">Is told.</param>
/// <param name="pause">What each batch takes, as if a slow server got it.</param>
internal sealed class DiscardPlugin(DiscardTally tally, TimeSpan pause = default) : SinkPlugin
{
    public override string Name => "Discard";

    public override string Summary => "Drops every row.";

    public override OptionSet Options { get; } = new([]);

    public override ValueTask<ISink> CreateAsync(SinkContext context, CancellationToken stop) => new(new Sink(context.Table, tally, pause));

    private sealed class Sink(TableSchema table, DiscardTally tally, TimeSpan pause) : ISink
    {
        public TableSchema Table => table;

        public SinkDelivery Delivery => SinkDelivery.AtLeastOnce;

        public ISinkWriter CreateWriter(WriterContext context, IReadOnlyList<byte[]> states) => new Writer(tally, pause);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class Writer(DiscardTally tally, TimeSpan pause) : ISinkWriter
    {
        public ValueTask WriteAsync(ColumnBatch batch, CancellationToken stop)
        {
            tally.Add(batch.Selected, batch.FirstRow + batch.Rows);
            batch.Dispose();
            return pause > TimeSpan.Zero ? new ValueTask(Task.Delay(pause, stop)) : ValueTask.CompletedTask;
        }

        public ValueTask EndOfInputAsync(CancellationToken stop)
        {
            tally.End();
            return ValueTask.CompletedTask;
        }

        public ValueTask<byte[]?> PrepareCommitAsync(long checkpointId, CancellationToken stop) => new((byte[]?)null);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
