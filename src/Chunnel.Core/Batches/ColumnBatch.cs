namespace Chunnel.Core;

/// <summary>
/// What moves through Chunnel: some thousand rows of one table, column by column. A batch has one owner, who disposes it or gives it on,
/// also when it throws; <see cref="Share"/> makes a second batch on the same blocks. Nothing of a batch changes once it is built.
/// </summary>
public sealed class ColumnBatch : IDisposable
{
    /// <summary>Rows that sources aim at.</summary>
    public const int AimRows = 4096;

    /// <summary>Bytes that sources stop at.</summary>
    public const int AimBytes = 1 << 20;

    /// <summary>Row numbers within a batch are 16 bits wide.</summary>
    public const int MostRows = ushort.MaxValue;

    private readonly ColumnBuffer _selection;
    private readonly ColumnBuffer _kinds;
    private Column[]? _columns;
    private bool _disposed;

    /// <summary>Takes over one hold on each column. Constants are expanded.</summary>
    public ColumnBatch(TableSchema schema, int rows, Column[] columns, BatchMemory memory)
        : this(schema, rows, columns, default, rows, default, memory)
    {
    }

    /// <summary>Takes over one hold on each column and buffer.</summary>
    /// <param name="schema">One column definition a column.</param>
    /// <param name="rows">Rows of every column, at most <see cref="MostRows"/>.</param>
    /// <param name="columns">The columns; the array belongs to the batch afterwards.</param>
    /// <param name="selection">Rising row numbers as ushort, or empty when all rows count.</param>
    /// <param name="selected">How many rows the selection names; the rows when it is empty.</param>
    /// <param name="kinds">A <see cref="RowKind"/> byte a row, or empty when all are inserts.</param>
    /// <param name="memory">Where later copies come from.</param>
    public ColumnBatch(TableSchema schema, int rows, Column[] columns, ColumnBuffer selection, int selected, ColumnBuffer kinds, BatchMemory memory)
    {
        Belief.Holds(columns.Length == schema.Columns.Count, "a batch has a column for each of its schema");
        Belief.Holds(rows is >= 0 and <= MostRows, "a batch's rows are counted in 16 bits");
        Schema = schema;
        Rows = rows;
        Selected = selected;
        Memory = memory;
        _columns = columns;
        _selection = selection;
        _kinds = kinds;
        for (var i = 0; i < columns.Length; i++)
        {
            if (columns[i] is ConstantColumn constant)
            {
                columns[i] = constant.Expand(memory);
                constant.Release();
            }
            Belief.Holds(columns[i].Length == rows, "every column of a batch has its rows");
        }
    }

    /// <summary>Takes over one hold on rows that stay as they came until somebody asks for a column: inserts, all of which count.</summary>
    public ColumnBatch(TableSchema schema, WireRows wire, BatchMemory memory)
    {
        Belief.Holds(wire.Rows is >= 0 and <= MostRows, "a batch's rows are counted in 16 bits");
        Schema = schema;
        Rows = Selected = wire.Rows;
        Memory = memory;
        Wire = wire;
    }

    public TableSchema Schema { get; }

    /// <summary>All rows of the batch as they came, or null.</summary>
    public WireRows? Wire { get; }

    /// <summary>Rows that the columns hold, selected or not.</summary>
    public int Rows { get; }

    /// <summary>Rows that count.</summary>
    public int Selected { get; }

    /// <summary>Number of the batch's first row within what its reader has read of the table, from 0: errors name rows by it.</summary>
    public long FirstRow { get; init; }

    public BatchMemory Memory { get; }

    public int ColumnCount => Schema.Columns.Count;

    public Column this[int column] => Held[column];

    public IReadOnlyList<Column> Columns => Held;

    public bool HasSelection => !_selection.IsEmpty;

    /// <summary>Rising numbers of the rows that count; empty when all do.</summary>
    public ReadOnlySpan<ushort> Selection => _selection.As<ushort>()[..(_selection.IsEmpty ? 0 : Selected)];

    /// <summary>A <see cref="RowKind"/> a row of <see cref="Rows"/>; empty when all are inserts.</summary>
    public ReadOnlySpan<byte> Kinds => _kinds.As<byte>();

    public ColumnBuffer SelectionBuffer => _selection;

    public ColumnBuffer KindsBuffer => _kinds;

    public RowKind KindAt(int row) => _kinds.IsEmpty ? RowKind.Insert : (RowKind)Kinds[row];

    /// <summary>Bytes of all buffers: what channels and budgets count.</summary>
    public long Bytes
    {
        get
        {
            if (Wire is not null) return Wire.Bytes;
            long bytes = _selection.Bytes + _kinds.Bytes;
            foreach (var column in Held) bytes += column.Bytes;
            return bytes;
        }
    }

    private Column[] Held => _columns ??= Wire!.Decode();

    /// <summary>One column of the last row alone, the caller's: rows that are as they came stay so.</summary>
    public Column LastOf(int column) => _columns is null ? Wire!.DecodeLast(column) : _columns[column].Slice(Rows - 1, 1, Memory);

    /// <summary>The number of the i-th row that counts.</summary>
    public int RowAt(int index) => _selection.IsEmpty ? index : Selection[index];

    /// <summary>A second batch with the same content, for a second owner.</summary>
    public ColumnBatch Share()
    {
        if (Wire is not null)
        {
            Wire.Retain();
            return new ColumnBatch(Schema, Wire, Memory) { FirstRow = FirstRow };
        }
        foreach (var column in Held) column.Retain();
        _selection.Retain();
        _kinds.Retain();
        return new ColumnBatch(Schema, Rows, [.. Held], _selection, Selected, _kinds, Memory) { FirstRow = FirstRow };
    }

    /// <summary>The same rows, selection and kinds with other columns: what a projection returns. Takes a hold on each column; this batch stays its owner's.</summary>
    public ColumnBatch WithColumns(TableSchema schema, Column[] columns)
    {
        _selection.Retain();
        _kinds.Retain();
        return new ColumnBatch(schema, Rows, columns, _selection, Selected, _kinds, Memory) { FirstRow = FirstRow };
    }

    /// <summary>The same columns with a narrower selection, whose buffer is taken over. This batch stays its owner's.</summary>
    public ColumnBatch WithSelection(ColumnBuffer selection, int selected)
    {
        foreach (var column in Held) column.Retain();
        _kinds.Retain();
        return new ColumnBatch(Schema, Rows, [.. Held], selection, selected, _kinds, Memory) { FirstRow = FirstRow };
    }

    /// <summary>Only the rows that count, without a selection. Disposes this batch; returns it as it is when it has no selection.</summary>
    public ColumnBatch Compact()
    {
        if (!HasSelection) return this;
        using (this)
        {
            var rows = new int[Selected];
            var selection = Selection;
            for (var i = 0; i < rows.Length; i++) rows[i] = selection[i];
            var columns = new Column[ColumnCount];
            for (var i = 0; i < columns.Length; i++) columns[i] = Held[i].Take(rows, Memory);
            ColumnBuffer kinds = default;
            if (!_kinds.IsEmpty)
            {
                kinds = ColumnBuffer.Rent<byte>(Memory, rows.Length);
                var to = kinds.As<byte>();
                for (var i = 0; i < rows.Length; i++) to[i] = Kinds[rows[i]];
            }
            return new ColumnBatch(Schema, rows.Length, columns, default, rows.Length, kinds, Memory) { FirstRow = FirstRow };
        }
    }

    /// <summary>Rows from a start as a batch of its own owner, sharing blocks. Only for batches without a selection.</summary>
    public ColumnBatch Slice(int start, int length)
    {
        Belief.Holds(!HasSelection, "a batch is compacted before it is sliced");
        var columns = new Column[ColumnCount];
        for (var i = 0; i < columns.Length; i++) columns[i] = Held[i].Slice(start, length, Memory);
        _kinds.Retain();
        return new ColumnBatch(Schema, length, columns, default, length, _kinds.Slice(start, length), Memory) { FirstRow = FirstRow + start };
    }

    /// <summary>Lets go of every block. A second call is a fault of the caller's.</summary>
    public void Dispose()
    {
        Belief.Holds(!_disposed, "a batch is disposed once, by its owner");
        _disposed = true;
        Wire?.Release();
        foreach (var column in _columns ?? []) column.Release();
        _selection.Release();
        _kinds.Release();
    }
}
