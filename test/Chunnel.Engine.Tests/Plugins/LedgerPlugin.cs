using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Engine.Tests;

/// <summary>
/// A table that can be altered, and a book of all that was done to it, in order. Rows are prepared apart and shown by a committer beside each writer.
/// Like a database it refuses to show a row that has not the columns of the table as it is when the row is shown.
/// </summary>
internal sealed class LedgerPlugin : SinkPlugin
{
    public static readonly Option<string> Fail = Option.Choice("fail", "never", "before_altering", "after_altering").Default("never").Says("What fails the first time.");

    private readonly Lock _lock = new();
    private readonly List<string> _book = [];
    private readonly SortedDictionary<long, int> _rows = [];
    private readonly HashSet<string> _shown = [];
    private readonly List<string> _columns = ["n"];
    private int _failed;

    /// <summary>Committing waits for this.</summary>
    public Task Showing { get; set; } = Task.CompletedTask;

    public override string Name => "Ledger";

    public override string Summary => "A table that can be altered.";

    public override OptionSet Options { get; } = new([Fail]);

    /// <summary>What was done, in order.</summary>
    public IReadOnlyList<string> Book
    {
        get
        {
            lock (_lock) return [.. _book];
        }
    }

    /// <summary>The rows that are visible, with the number of their columns.</summary>
    public IReadOnlyList<(long Number, int Columns)> Rows
    {
        get
        {
            lock (_lock) return [.. _rows.Select(row => (row.Key, row.Value))];
        }
    }

    public override ValueTask<ISink> CreateAsync(SinkContext context, CancellationToken stop) => new(new Sink(this, context));

    private bool FailsNow() => Interlocked.Exchange(ref _failed, 1) == 0;

    private void Note(string what)
    {
        lock (_lock) _book.Add(what);
    }

    private void Alter(AddColumn add)
    {
        lock (_lock)
        {
            _book.Add(_columns.Contains(add.Column.Name) ? $"pass over {add.Column.Name}" : $"add {add.Column.Name}");
            if (!_columns.Contains(add.Column.Name)) _columns.Add(add.Column.Name);
        }
    }

    private void Show(string info)
    {
        lock (_lock)
        {
            if (!_shown.Add(info)) return;
            foreach (var row in info.Split(':')[1].Split(',', StringSplitOptions.RemoveEmptyEntries).Select(row => row.Split('/')))
            {
                var (number, columns) = (long.Parse(row[0], CultureInfo.InvariantCulture), int.Parse(row[1], CultureInfo.InvariantCulture));
                if (columns != _columns.Count) throw new InvalidOperationException($"row {number} has {columns} columns, the table {_columns.Count}");
                if (!_rows.TryAdd(number, columns)) throw new InvalidOperationException($"row {number} is there already");
            }
            _book.Add($"show up to {(_rows.Count == 0 ? -1 : _rows.Keys.Max())}");
        }
    }

    private sealed class Sink(LedgerPlugin plugin, SinkContext context) : ISink
    {
        public TableSchema Table => context.Table;

        public SinkDelivery Delivery => SinkDelivery.ExactlyOnce;

        public ISinkWriter CreateWriter(WriterContext writer, IReadOnlyList<byte[]> states) => new Writer(plugin, context, writer);

        public ISinkCommitter CreateCommitter() => new Committer(plugin);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class Writer(LedgerPlugin plugin, SinkContext context, WriterContext writer) : ISinkWriter
    {
        private readonly List<string> _rows = [];

        public ValueTask WriteAsync(ColumnBatch batch, CancellationToken stop)
        {
            using (batch)
            {
                var numbers = ((FixedColumn<long>)batch[0]).Values;
                for (var i = 0; i < batch.Selected; i++) _rows.Add(string.Create(CultureInfo.InvariantCulture, $"{numbers[batch.RowAt(i)]}/{batch.Schema.Columns.Count}"));
            }
            return ValueTask.CompletedTask;
        }

        public ValueTask<byte[]?> PrepareCommitAsync(long checkpointId, CancellationToken stop)
        {
            var info = $"{writer.Attempt}-{writer.Subtask}-{checkpointId}:{string.Join(',', _rows)}";
            _rows.Clear();
            return new(Encoding.UTF8.GetBytes(info));
        }

        public ValueTask ApplyAsync(SchemaChange change, CancellationToken stop)
        {
            if (_rows.Count > 0) plugin.Note($"{_rows.Count} rows of the old schema are not prepared");
            if (context.Get(Fail) == "before_altering" && plugin.FailsNow()) throw new IOException("the table is locked");
            plugin.Alter((AddColumn)change);
            if (context.Get(Fail) == "after_altering" && plugin.FailsNow()) throw new IOException("the answer was lost");
            return ValueTask.CompletedTask;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class Committer(LedgerPlugin plugin) : ISinkCommitter
    {
        public async ValueTask<IReadOnlyList<byte[]>> CommitAsync(IReadOnlyList<byte[]> infos, CancellationToken stop)
        {
            await plugin.Showing.WaitAsync(stop);
            foreach (var info in infos) plugin.Show(Encoding.UTF8.GetString(info));
            return [];
        }

        public ValueTask AbortAsync(IReadOnlyList<byte[]> infos, CancellationToken stop) => ValueTask.CompletedTask;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
