using Chunnel.Core;
using Chunnel.TestKit;

namespace Chunnel.Plugins.Tests.Contracts;

/// <summary>A sink that puts rows on a shelf once they are committed, with a slip or without.</summary>
internal sealed class ShelfPlugin(Fault fault) : SinkPlugin
{
    /// <summary>The rows that anyone sees.</summary>
    public List<BoxedRow> Shelf { get; } = [];

    private readonly Dictionary<int, List<BoxedRow>> _prepared = [];
    private readonly HashSet<int> _done = [];

    public override string Name => "Shelf";

    public override string Summary => "Puts rows on a shelf.";

    public override OptionSet Options { get; } = new([]);

    public override ValueTask<ISink> CreateAsync(SinkContext context, CancellationToken stop) => new(new Sink(this, context.Table, fault));

    private sealed class Sink(ShelfPlugin shelf, TableSchema table, Fault fault) : ISink
    {
        public TableSchema Table => table;

        public SinkDelivery Delivery => SinkDelivery.ExactlyOnce;

        public ISinkWriter CreateWriter(WriterContext context, IReadOnlyList<byte[]> states) => new Writer(shelf, fault);

        public ISinkCommitter CreateCommitter() => new Committer(shelf, fault);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class Writer(ShelfPlugin shelf, Fault fault) : ISinkWriter
    {
        private List<BoxedRow> _rows = [];

        public ValueTask WriteAsync(ColumnBatch batch, CancellationToken stop)
        {
            if (fault == Fault.LeaksABatch) batch.Share();
            using (batch)
            {
                IEnumerable<BoxedRow> rows = BoxedRows.Of(batch);
                if (fault == Fault.ForgetsTheSelection) rows = Enumerable.Range(0, batch.Rows).Select(row => new BoxedRow(batch.KindAt(row), [.. batch.Columns.Select(column => BoxedRows.ValueAt(column, row))]));
                if (fault == Fault.ForgetsTheKinds) rows = rows.Select(row => row with { Kind = RowKind.Insert });
                (fault == Fault.ShowsBeforeTheCommit ? shelf.Shelf : _rows).AddRange(rows);
                return ValueTask.CompletedTask;
            }
        }

        public ValueTask<byte[]?> PrepareCommitAsync(long checkpointId, CancellationToken stop)
        {
            var id = shelf._prepared.Count;
            shelf._prepared[id] = _rows;
            _rows = [];
            return new(BitConverter.GetBytes(id));
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class Committer(ShelfPlugin shelf, Fault fault) : ISinkCommitter
    {
        public ValueTask<IReadOnlyList<byte[]>> CommitAsync(IReadOnlyList<byte[]> infos, CancellationToken stop)
        {
            foreach (var id in infos.Select(info => BitConverter.ToInt32(info)))
            {
                if (shelf._done.Add(id) || fault == Fault.CommitsTwice) shelf.Shelf.AddRange(shelf._prepared[id]);
            }
            return new([]);
        }

        public ValueTask AbortAsync(IReadOnlyList<byte[]> infos, CancellationToken stop) => fault == Fault.KeepsWhatIsAborted ? new(CommitAsync(infos, stop).AsTask()) : ValueTask.CompletedTask;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
