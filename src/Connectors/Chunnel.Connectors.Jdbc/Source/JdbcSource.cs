using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Connectors.Jdbc;

/// <summary>Reads the rows of tables and queries, once each.</summary>
internal sealed class JdbcSource(JdbcSourceSettings settings, IReadOnlyList<JdbcTable> tables, SourceContext context) : ISource
{
    public bool IsBounded => true;

    public IReadOnlyList<TableSchema> Tables { get; } = [.. tables.Select(table => table.Schema)];

    public SourceReplay Replay => SourceReplay.Exact;

    public DatasetName? DatasetOf(TableSchema table) =>
        tables.First(known => known.Schema == table) is { Whole: { } path, Database: var database } ? JdbcDatasets.NameOf(settings.Connection, path, database) : null;

    public ISplitEnumerator CreateEnumerator(IEnumeratorContext readers, byte[]? state) =>
        new DemandEnumerator<JdbcSplit>(
            readers, new SplitPlanner(settings, tables, keepsGoing: context.Mode == JobMode.Streaming).PlanAsync, JdbcSplit.ManyToBytes, state is null or [] ? null : JdbcSplit.ManyFromBytes(state))
        {
            Together = JdbcSplit.Joined,
        };

    public ISourceReader CreateReader(ReaderContext reader) => new JdbcReader(settings, tables, reader, context.Say);

    public byte[] WriteSplit(SourceSplit split) => ((JdbcSplit)split).ToBytes();

    public SourceSplit ReadSplit(byte[] bytes) => JdbcSplit.FromBytes(bytes);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
