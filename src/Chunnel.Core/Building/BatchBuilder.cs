namespace Chunnel.Core;

/// <summary>
/// Fills batches of one table. A source keeps one and writes into its columns' spans; <see cref="Build"/> takes the rows out as a batch
/// and the builder starts anew.
/// </summary>
public sealed class BatchBuilder : IDisposable
{
    private readonly ColumnBuilder[] _columns;
    private readonly BatchMemory _memory;
    private ColumnBuffer _kinds;

    public BatchBuilder(TableSchema schema, BatchMemory memory, int capacity = ColumnBatch.AimRows)
    {
        Schema = schema;
        Capacity = capacity;
        _memory = memory;
        _columns = [.. schema.Columns.Select(column => ColumnBuilder.For(column.Type, memory, capacity))];
    }

    public TableSchema Schema { get; }

    /// <summary>Rows of one batch.</summary>
    public int Capacity { get; }

    public int ColumnCount => _columns.Length;

    /// <summary>The general face of a column.</summary>
    public ColumnBuilder this[int column] => _columns[column];

    /// <summary>Value slots of a fixed-width column: sbyte, short, int, long, float or double.</summary>
    public Span<T> Fixed<T>(int column) where T : unmanaged => ((FixedBuilder<T>)_columns[column]).Values;

    public BoolBuilder Bool(int column) => (BoolBuilder)_columns[column];

    public TextBuilder Text(int column) => (TextBuilder)_columns[column];

    public DecimalBuilder Decimal(int column) => (DecimalBuilder)_columns[column];

    public TimestampBuilder Timestamp(int column) => (TimestampBuilder)_columns[column];

    public ListBuilder List(int column) => (ListBuilder)_columns[column];

    public MapBuilder Map(int column) => (MapBuilder)_columns[column];

    public RowBuilder Row(int column) => (RowBuilder)_columns[column];

    /// <summary>A <see cref="RowKind"/> a row, inserts at first. Ask only when some row is not an insert.</summary>
    public Span<byte> Kinds
    {
        get
        {
            if (_kinds.IsEmpty)
            {
                _kinds = ColumnBuffer.Rent<byte>(_memory, Capacity);
                _kinds.As<byte>().Clear();
            }
            return _kinds.As<byte>();
        }
    }

    /// <summary>Bytes written so far, near enough to stop at <see cref="ColumnBatch.AimBytes"/>.</summary>
    public long Bytes
    {
        get
        {
            long bytes = 0;
            foreach (var column in _columns) bytes += column.Bytes;
            return bytes;
        }
    }

    /// <summary>The first rows as a batch that the caller owns.</summary>
    /// <param name="rows">Rows written, at most the capacity.</param>
    /// <param name="firstRow">Number of the first row within its table, for error messages.</param>
    public ColumnBatch Build(int rows, long firstRow = 0)
    {
        var columns = new Column[_columns.Length];
        for (var i = 0; i < columns.Length; i++) columns[i] = _columns[i].Build(rows);
        var kinds = _kinds.IsEmpty ? default : new ColumnBuffer(_kinds.Block, 0, rows);
        _kinds = default;
        return new ColumnBatch(Schema, rows, columns, default, rows, kinds, _memory) { FirstRow = firstRow };
    }

    public void Dispose()
    {
        foreach (var column in _columns) column.Dispose();
        _kinds.Release();
        _kinds = default;
    }
}
