using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Connectors.Files;

/// <summary>Writes one table into files below a folder.</summary>
internal sealed class FileSink(FileSinkSettings settings, FileSinkColumns columns, IFileStore store, string jobId) : ISink
{
    public TableSchema Table => columns.Incoming;

    public SinkDelivery Delivery => settings.Transaction ? SinkDelivery.ExactlyOnce : SinkDelivery.AtLeastOnce;

    public DatasetName? Dataset => store.DatasetOf(settings.Path);

    public ISaveMode? SaveMode => new FileSaveMode(store, settings, Table);

    public ISinkWriter CreateWriter(WriterContext context, IReadOnlyList<byte[]> states) =>
        new FileWriter(settings, columns, store, jobId, context, [.. states.Select(FileWriterState.FromBytes)]);

    public IAggregatedCommitter? CreateAggregatedCommitter() => settings.Transaction ? new FileCommitter(store) : null;

    public ValueTask DisposeAsync() => store.DisposeAsync();
}
