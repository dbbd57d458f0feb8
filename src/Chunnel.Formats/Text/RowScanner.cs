using Chunnel.Core;

namespace Chunnel.Formats;

/// <summary>
/// Cuts bytes into rows and fields and notes them in a grid. It stops before a row that is not whole or not right, and says which. Bytes
/// are given by the first byte of the first row; readable slack stands behind the last.
/// </summary>
internal abstract unsafe class RowScanner
{
    /// <summary>Notes rows until the grid is full, the bytes end or a row is in trouble. Its last row start is where the next row begins.</summary>
    /// <param name="bytes">The first row's first byte.</param>
    /// <param name="length">Bytes of data.</param>
    /// <param name="isLast">True when no bytes come behind these: then the last row needs no delimiter.</param>
    /// <param name="grid">Goes on behind the rows that it holds.</param>
    public ScanEnd Scan(byte* bytes, int length, bool isLast, FieldGrid grid)
    {
        var rows = grid.Rows;
        var oneLineEach = true;
        while (true)
        {
            rows = ScanMany(bytes, length, isLast, grid, rows, ref oneLineEach);
            if (rows == grid.Capacity) return End(grid, rows, oneLineEach, ScanStop.Full);
            var row = ScanRow(bytes, length, isLast, grid.RowStarts[rows], grid.Fields.Slice(rows * grid.Columns, grid.Columns));
            switch (row.Kind)
            {
                case RowScanKind.Row:
                    grid.RowStarts[++rows] = row.Next;
                    oneLineEach = false;
                    break;
                case RowScanKind.Blank:
                    grid.RowStarts[rows] = row.Next;
                    oneLineEach = false;
                    break;
                case RowScanKind.Bad:
                    return End(grid, rows, oneLineEach, ScanStop.BadRow) with { Bad = row };
                default:
                    return End(grid, rows, oneLineEach, ScanStop.NeedMore);
            }
        }
    }

    /// <summary>The clever loop: notes as many rows as it understands. The plain scanners have none.</summary>
    /// <param name="bytes">As in <see cref="Scan"/>.</param>
    /// <param name="length">As in <see cref="Scan"/>.</param>
    /// <param name="isLast">As in <see cref="Scan"/>.</param>
    /// <param name="grid">Where to note.</param>
    /// <param name="rows">Rows noted already; the next begins at the grid's row start of that number.</param>
    /// <param name="oneLineEach">Becomes false when some row noted has more line breaks than the one at its end, or none.</param>
    /// <returns>Rows noted now.</returns>
    protected virtual int ScanMany(byte* bytes, int length, bool isLast, FieldGrid grid, int rows, ref bool oneLineEach) => rows;

    /// <summary>The plain loop: one row, byte by byte.</summary>
    /// <param name="bytes">As in <see cref="Scan"/>.</param>
    /// <param name="length">As in <see cref="Scan"/>.</param>
    /// <param name="isLast">As in <see cref="Scan"/>.</param>
    /// <param name="start">Where the row begins.</param>
    /// <param name="fields">Gets as many fields as the table has.</param>
    public abstract RowScan ScanRow(byte* bytes, int length, bool isLast, int start, Span<FieldSpan> fields);

    private static ScanEnd End(FieldGrid grid, int rows, bool oneLineEach, ScanStop stop)
    {
        grid.SetRows(rows);
        return new ScanEnd(stop, oneLineEach);
    }
}

/// <summary>Why a scan ended, and whether every row that it noted took one line.</summary>
internal readonly record struct ScanEnd(ScanStop Stop, bool OneLineEach)
{
    /// <summary>The row in trouble.</summary>
    public RowScan Bad { get; init; }
}

internal enum ScanStop
{
    /// <summary>The grid is full.</summary>
    Full,

    /// <summary>The bytes end within a row, or behind the last.</summary>
    NeedMore,

    /// <summary>The row at the last row start is not right.</summary>
    BadRow,
}

internal enum RowScanKind
{
    /// <summary>The bytes end within the row.</summary>
    NeedMore,
    Row,

    /// <summary>A line without anything, which is no row.</summary>
    Blank,
    Bad,
}

/// <summary>One row, scanned.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Next">Where the next row begins.</param>
internal readonly record struct RowScan(RowScanKind Kind, int Next)
{
    public static readonly RowScan NeedMore;

    /// <summary>What is wrong.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Where it is wrong, from the start of the bytes.</summary>
    public int At { get; init; }

    /// <summary>Fields before the trouble: the number of the column that it is in.</summary>
    public int Field { get; init; }
}
