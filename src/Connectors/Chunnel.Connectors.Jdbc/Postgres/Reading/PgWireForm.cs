using Chunnel.Core;

namespace Chunnel.Connectors.Jdbc;

/// <summary>Cuts the rows of a table out of a binary COPY as they are.</summary>
internal sealed unsafe class PgWireForm
{
    /// <summary>What sinks and sources call it.</summary>
    public const string Name = "postgresql-copy";

    /// <summary>Rows that fill less of a chunk are copied out: where few come at a time, whoever waits behind a slow sink would hold a whole chunk for each.</summary>
    private const int LeastHeldBytes = CopyChunk.Bytes / 4;

    private readonly TableSchema _table;
    private readonly Looseness _looseness;
    private readonly BatchMemory _memory;
    private readonly PgRowSizes _sizes;

    private PgWireForm(TableSchema table, Looseness looseness, BatchMemory memory, PgRowSizes sizes)
    {
        _table = table;
        _looseness = looseness;
        _memory = memory;
        _sizes = sizes;
    }

    /// <summary>Null where rows must be decoded: for the sizes of nested values, or since the job wants values changed.</summary>
    public static PgWireForm? TryMake(TableSchema table, Looseness looseness, BatchMemory memory)
    {
        if (looseness is not { OutOfRange: OutOfRange.Fail, PrecisionLoss: not PrecisionLoss.Fail }) return null;
        return PgRowSizes.TryMake(table) is { } sizes ? new PgWireForm(table, looseness, memory, sizes) : null;
    }

    /// <summary>The rows that stand whole in the chunk, from its start; null when there are none. The chunk stays where it is.</summary>
    /// <exception cref="ChunnelException">A numeric is NaN or infinite, which <c>out_of_range</c> refuses.</exception>
    public (PgWireRows? Rows, bool Ended) Cut(CopyChunk chunk, int mostRows, long firstRow)
    {
        var found = _sizes.Scan(chunk.Block.Pointer + chunk.Start, chunk.End - chunk.Start, mostRows);
        var wire = chunk.Block.GetSpan().Slice(chunk.Start, found.Bytes);
        if (found.Sum == PgRowSizes.NotANumber)
        {
            // Decoding names the row.
            foreach (var column in Decode(wire, found.Rows, firstRow)) column.Release();
        }
        if (found.Rows == 0) return (null, found.Ended);
        if (found.Bytes >= LeastHeldBytes)
        {
            chunk.Block.Retain();
            return (new PgWireRows(this, chunk.Block, chunk.Start, found, firstRow), found.Ended);
        }
        var block = _memory.Rent(found.Bytes);
        wire.CopyTo(block.GetSpan());
        return (new PgWireRows(this, block, 0, found, firstRow), found.Ended);
    }

    /// <summary>What one would have read without a sink that takes rows as they are.</summary>
    public Column[] Decode(ReadOnlySpan<byte> wire, int rows, long firstRow)
    {
        using var builder = new BatchBuilder(_table, _memory, rows);
        fixed (byte* data = wire) new PgRowDecoder(_table, _looseness).Decode(Note(data, wire.Length, rows), data, builder, 0, firstRow);
        var columns = new Column[_table.Columns.Count];
        for (var i = 0; i < columns.Length; i++) columns[i] = builder[i].Build(rows);
        return columns;
    }

    /// <summary>One column of one row.</summary>
    public Column DecodeOne(ReadOnlySpan<byte> wire, int column, long row)
    {
        var described = _table.Columns[column];
        using var builder = ColumnBuilder.For(described.Type, _memory, 1);
        fixed (byte* data = wire) PgDecoder.For(described.Type, _looseness).Decode(Note(data, wire.Length, 1).Column(column), data, builder, 0, new PgPlace(_table, described, row));
        return builder.Build(1);
    }

    private FieldGrid Note(byte* data, int bytes, int rows)
    {
        var grid = new FieldGrid(_table.Columns.Count, rows);
        PgTuples.Scan(data, bytes, grid, rows, int.MaxValue);
        grid.SetRows(rows);
        return grid;
    }
}

/// <summary>Rows of a binary COPY: for each the count of its fields, then a length and bytes for each field.</summary>
internal sealed class PgWireRows : WireRows
{
    private readonly PgWireForm _form;
    private readonly Block _block;
    private readonly int _start;
    private readonly int _lastRow;
    private readonly long _firstRow;

    /// <summary>Takes over one hold on the block.</summary>
    public PgWireRows(PgWireForm form, Block block, int start, PgScan found, long firstRow)
    {
        _form = form;
        _block = block;
        _start = start;
        _lastRow = found.LastRow;
        _firstRow = firstRow;
        (Rows, Bytes, RowSize) = (found.Rows, found.Bytes, found.Sum);
    }

    public override int Rows { get; }

    public override int Bytes { get; }

    public override long RowSize { get; }

    public ReadOnlyMemory<byte> Memory => _block.Memory.Slice(_start, Bytes);

    public ReadOnlySpan<byte> Span => _block.GetSpan().Slice(_start, Bytes);

    public override Column[] Decode() => _form.Decode(Span, Rows, _firstRow);

    public override Column DecodeLast(int column) => _form.DecodeOne(Span[_lastRow..], column, _firstRow + Rows - 1);

    public override void Retain() => _block.Retain();

    public override void Release() => _block.Release();
}
