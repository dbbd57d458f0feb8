using System.Collections.Concurrent;
using System.Text;
using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Cli.Testing;

/// <summary>Stands in for a sink: keeps the rows that are committed to it, each once, as an exactly-once sink does.</summary>
internal sealed class CollectingPlugin(string name, FaultPlan? faults) : SinkPlugin
{
    private readonly FaultPlan? _faults = faults;
    private readonly ConcurrentDictionary<string, List<ColumnBatch>> _prepared = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, TableSchema> _tables = new(StringComparer.Ordinal);
    private readonly List<(string Table, ColumnBatch Batch)> _committed = [];
    private int _handles;

    public override string Name => name;

    public override string Summary => "Keeps rows for a test.";

    public override OptionSet Options { get; } = new([]);

    /// <summary>The tables that the sink gets.</summary>
    public IReadOnlyCollection<TableSchema> Tables => [.. _tables.Values];

    public override ValueTask<ISink> CreateAsync(SinkContext context, CancellationToken stop)
    {
        _tables[context.Table.TableId] = context.Table;
        return new(new Sink(this, context.Table));
    }

    /// <summary>The committed batches of a table, in order.</summary>
    public IReadOnlyList<ColumnBatch> RowsOf(string table)
    {
        lock (_committed) return [.. _committed.Where(pair => pair.Table == table).Select(pair => pair.Batch)];
    }

    private void Commit(string handle)
    {
        // A commit that is repeated finds nothing more.
        if (!_prepared.TryRemove(handle, out var batches)) return;
        lock (_committed) _committed.AddRange(batches.Select(batch => (batch.Schema.TableId, batch)));
    }

    private sealed class Sink(CollectingPlugin plugin, TableSchema table) : ISink
    {
        public TableSchema Table => table;

        public SinkDelivery Delivery => SinkDelivery.ExactlyOnce;

        public ISinkWriter CreateWriter(WriterContext context, IReadOnlyList<byte[]> states) => new Writer(plugin);

        public ISinkCommitter CreateCommitter() => new Committer(plugin);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class Writer(CollectingPlugin plugin) : ISinkWriter
    {
        // Rows outlive the job, so they lie in memory of their own.
        private static readonly BatchMemory _memory = BatchMemory.Unlimited();

        private List<ColumnBatch> _written = [];

        public ValueTask WriteAsync(ColumnBatch batch, CancellationToken stop)
        {
            using (batch)
            {
                plugin._faults?.Reach("write");
                _written.Add(Copy(batch));
            }
            return ValueTask.CompletedTask;
        }

        public ValueTask<byte[]?> PrepareCommitAsync(long checkpointId, CancellationToken stop)
        {
            plugin._faults?.Reach("prepare");
            if (_written.Count == 0) return new((byte[]?)null);
            var handle = $"{checkpointId}-{Interlocked.Increment(ref plugin._handles)}";
            plugin._prepared[handle] = _written;
            _written = [];
            return new(Encoding.ASCII.GetBytes(handle));
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        private static ColumnBatch Copy(ColumnBatch batch)
        {
            var rows = Enumerable.Range(0, batch.Selected).Select(batch.RowAt).ToArray();
            var kinds = ColumnBuffer.Rent<byte>(_memory, rows.Length);
            for (var i = 0; i < rows.Length; i++) kinds.As<byte>()[i] = (byte)batch.KindAt(rows[i]);
            return new ColumnBatch(batch.Schema, rows.Length, [.. batch.Columns.Select(column => column.Take(rows, _memory))], default, rows.Length, kinds, _memory);
        }
    }

    private sealed class Committer(CollectingPlugin plugin) : ISinkCommitter
    {
        public ValueTask<IReadOnlyList<byte[]>> CommitAsync(IReadOnlyList<byte[]> infos, CancellationToken stop)
        {
            plugin._faults?.Reach("commit");
            foreach (var info in infos) plugin.Commit(Encoding.ASCII.GetString(info));
            plugin._faults?.Reach("committed");
            return new([]);
        }

        public ValueTask AbortAsync(IReadOnlyList<byte[]> infos, CancellationToken stop) => ValueTask.CompletedTask;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
