using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Connectors.Files;

/// <summary>Reads the files of one or more tables, once each, at any parallelism.</summary>
internal sealed class FileSource(IReadOnlyList<FileTable> tables, IFileStore store) : ISource
{
    public bool IsBounded => true;

    public IReadOnlyList<TableSchema> Tables { get; } = [.. tables.Select(table => table.Schema)];

    public SourceReplay Replay => SourceReplay.Exact;

    public DatasetName? DatasetOf(TableSchema table) => store.DatasetOf(tables.First(known => known.Schema == table).Settings.Path);

    public ISplitEnumerator CreateEnumerator(IEnumeratorContext context, byte[]? state) =>
        new DemandEnumerator<FileSplit>(context, new SplitPlanner(tables, store).PlanAsync, FileSplit.ManyToBytes, state is null or [] ? null : FileSplit.ManyFromBytes(state));

    public ISourceReader CreateReader(ReaderContext context) => new FileReader(tables, store, context);

    public byte[] WriteSplit(SourceSplit split) => ((FileSplit)split).ToBytes();

    public SourceSplit ReadSplit(byte[] bytes) => FileSplit.FromBytes(bytes);

    public ValueTask DisposeAsync() => store.DisposeAsync();
}
