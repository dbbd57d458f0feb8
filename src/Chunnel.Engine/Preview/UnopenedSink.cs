using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Engine;

/// <summary>Stands where a sink would: it knows its table and is never opened.</summary>
internal sealed class UnopenedSinkPlugin(string name) : SinkPlugin
{
    public override string Name => name;

    public override string Summary => "Stands where a sink would.";

    public override OptionSet Options { get; } = new([]);

    public override ValueTask<ISink> CreateAsync(SinkContext context, CancellationToken stop) => new(new UnopenedSink(context.Table));

    private sealed class UnopenedSink(TableSchema table) : ISink
    {
        public TableSchema Table => table;

        public SinkDelivery Delivery => SinkDelivery.ExactlyOnce;

        public ISinkWriter CreateWriter(WriterContext context, IReadOnlyList<byte[]> states) => throw new BrokenBeliefException("a preview writes nothing");

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
