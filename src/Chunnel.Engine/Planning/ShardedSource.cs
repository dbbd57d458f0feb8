using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Engine;

/// <summary>A source whose tables are parts of one (<c>dag-parsing.mode = SHARDING</c>, spec config.md 5): everything after it sees the first table only, with the rows of all.</summary>
internal sealed class ShardedSource(ISource source) : ISource
{
    public bool IsBounded => source.IsBounded;

    public IReadOnlyList<TableSchema> Tables { get; } = [source.Tables[0]];

    public SourceReplay Replay => source.Replay;

    public DatasetName? DatasetOf(TableSchema table) => source.DatasetOf(table);

    /// <summary>What keeps the tables from being parts of one; null when nothing does.</summary>
    public static Problem? Wrong(IReadOnlyList<TableSchema> tables, TextPosition where) =>
        tables.FirstOrDefault(table => !table.HasStructureOf(tables[0])) is not { } other ? null
        : new Problem(CommonErrors.ConfigValidateFailed, $"'dag-parsing.mode = SHARDING' takes several tables as one, and {other.TableId} has not the columns of {tables[0].TableId}.")
        {
            Where = where,
            Mend = $"Leave the option out, or read tables of one structure. {tables[0].TableId}: {tables[0].ToSeaTunnelText()}. {other.TableId}: {other.ToSeaTunnelText()}.",
        };

    public ISplitEnumerator CreateEnumerator(IEnumeratorContext context, byte[]? state) => source.CreateEnumerator(context, state);

    public ISourceReader CreateReader(ReaderContext context) => new Reader(source.CreateReader(context), Tables[0]);

    public byte[] WriteSplit(SourceSplit split) => source.WriteSplit(split);

    public SourceSplit ReadSplit(byte[] bytes) => source.ReadSplit(bytes);

    public ValueTask DisposeAsync() => source.DisposeAsync();

    private sealed class Reader(ISourceReader reader, TableSchema table) : ISourceReader
    {
        public SplitAmount? Done => reader.Done;

        public ValueTask OpenAsync(CancellationToken stop) => reader.OpenAsync(stop);

        public void AddSplits(IReadOnlyList<SourceSplit> splits) => reader.AddSplits(splits);

        public void NoMoreSplits() => reader.NoMoreSplits();

        public async ValueTask<ReadResult> ReadAsync(CancellationToken stop)
        {
            var read = await reader.ReadAsync(stop);
            return read switch
            {
                { Batch: { } batch } when !ReferenceEquals(batch.Schema, table) => ReadResult.Of(OfFirst(batch)),
                // Each part would bring its own change, and none of them is for the rows of the others.
                { Change: { } change } => throw new ChunnelException(CommonErrors.UnsupportedOperation, $"{change.Table} changed its columns ({change.TypeName}), which tables that are read as one cannot.")
                {
                    Mend = "Leave dag-parsing.mode = SHARDING out, or the reading of schema changes.",
                },
                _ => read,
            };
        }

        public IReadOnlyList<SourceSplit> Snapshot(long checkpointId) => reader.Snapshot(checkpointId);

        public ValueTask CheckpointCompletedAsync(long checkpointId, CancellationToken stop) => reader.CheckpointCompletedAsync(checkpointId, stop);

        public ValueTask CheckpointAbortedAsync(long checkpointId, CancellationToken stop) => reader.CheckpointAbortedAsync(checkpointId, stop);

        public ValueTask DisposeAsync() => reader.DisposeAsync();

        private ColumnBatch OfFirst(ColumnBatch batch)
        {
            using (batch)
            {
                foreach (var column in batch.Columns) column.Retain();
                return batch.WithColumns(table, [.. batch.Columns]);
            }
        }
    }
}
