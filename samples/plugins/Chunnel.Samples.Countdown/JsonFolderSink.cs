using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Samples.Countdown;

/// <summary>Writers write aside, a committer renames: rows are seen with the checkpoint that holds them, once.</summary>
internal sealed class JsonFolderSink(TableSchema table, string folder) : ISink
{
    public TableSchema Table => table;

    public SinkDelivery Delivery => SinkDelivery.ExactlyOnce;

    public ISinkWriter CreateWriter(WriterContext context, IReadOnlyList<byte[]> states) => new JsonFolderWriter(table, folder);

    public ISinkCommitter CreateCommitter() => new JsonFolderCommitter();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
