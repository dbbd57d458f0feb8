using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Connectors.Fake;

/// <summary>Prints the rows of one table.</summary>
internal sealed class ConsoleSink(TableSchema table, bool printsData, TimeSpan delay) : ISink
{
    public TableSchema Table => table;

    public SinkDelivery Delivery => SinkDelivery.AtLeastOnce;

    public ISinkWriter CreateWriter(WriterContext context, IReadOnlyList<byte[]> states) => new ConsoleWriter(table, printsData, delay, context);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
