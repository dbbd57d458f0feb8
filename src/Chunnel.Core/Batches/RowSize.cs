using System.Text;

namespace Chunnel.Core;

/// <summary>
/// The size of rows as SeaTunnel counts it, the basis of byte metrics and of the speed limit (spec config.md 7, rest-api.md 4.5): a number
/// of bytes a type, the characters of a string, the sum of what a nested value holds. Counted a column at a time.
/// </summary>
public static class RowSize
{
    private const int DateBytes = 24;
    private const int TimeBytes = 12;
    private const int TimestampBytes = 48;
    private const int DecimalBytes = 36;

    /// <summary>The size of all rows of the batch that count.</summary>
    public static long Of(ColumnBatch batch)
    {
        if (batch.Wire is { } wire) return wire.RowSize;
        long size = 0;
        for (var i = 0; i < batch.ColumnCount; i++)
            size += batch.HasSelection ? Of(batch[i], batch.Selection) : Of(batch[i], 0, batch.Rows);
        return size;
    }

    /// <summary>The size of a run of rows of one column.</summary>
    public static long Of(Column column, int start, int end)
    {
        if (BytesOf(column.Type.Kind) is { } width) return (long)width * (end - start - NullsIn(column, start, end));
        if (!column.HasNulls) return OfValues(column, start, end);
        long size = 0;
        for (var row = start; row < end; row++)
        {
            if (!column.IsNull(row)) size += OfValues(column, row, row + 1);
        }
        return size;
    }

    private static long Of(Column column, ReadOnlySpan<ushort> rows)
    {
        if (BytesOf(column.Type.Kind) is { } width)
        {
            long values = rows.Length;
            if (column.HasNulls)
            {
                foreach (var row in rows) values -= column.IsNull(row) ? 1 : 0;
            }
            return width * values;
        }
        if (column is TextColumn text) return OfText(text, rows);
        long size = 0;
        foreach (var row in rows)
        {
            if (!column.IsNull(row)) size += OfValues(column, row, row + 1);
        }
        return size;
    }

    private static long OfText(TextColumn text, ReadOnlySpan<ushort> rows)
    {
        var offsets = text.Offsets;
        var utf8 = text.Utf8;
        var validity = text.Validity;
        var countsBytes = text.Type.Kind != TypeKind.String || text.IsAscii;
        long size = 0;
        foreach (var row in rows)
        {
            if (!validity.IsEmpty && !Bits.Get(validity, row)) continue;
            size += countsBytes ? offsets[row + 1] - offsets[row] : Encoding.UTF8.GetCharCount(utf8[offsets[row]..offsets[row + 1]]);
        }
        return size;
    }

    /// <summary>The size of a run without nulls, of a type whose values differ in size.</summary>
    private static long OfValues(Column column, int start, int end)
    {
        switch (column)
        {
            case TextColumn text:
                var bytes = text.Utf8[text.Offsets[start]..text.Offsets[end]];
                return text.Type.Kind == TypeKind.String && !text.IsAscii ? Encoding.UTF8.GetCharCount(bytes) : bytes.Length;
            case ListColumn list: return Of(list.Elements, list.Offsets[start], list.Offsets[end]);
            case MapColumn map: return Of(map.Keys, map.Offsets[start], map.Offsets[end]) + Of(map.Values, map.Offsets[start], map.Offsets[end]);
            case RowColumn row:
                long size = 0;
                foreach (var field in row.Fields) size += Of(field, start, end);
                return size;
            default: return 0;
        }
    }

    private static int NullsIn(Column column, int start, int end)
    {
        if (!column.HasNulls) return 0;
        if (start == 0 && end == column.Length) return column.NullCount;
        var nulls = 0;
        for (var row = start; row < end; row++) nulls += column.IsNull(row) ? 1 : 0;
        return nulls;
    }

    /// <summary>The size of a value of a type whose values all have one; null for others.</summary>
    public static int? BytesOf(TypeKind kind) => kind switch
    {
        TypeKind.Null => 0,
        TypeKind.Boolean or TypeKind.TinyInt => 1,
        TypeKind.SmallInt => 2,
        TypeKind.Int or TypeKind.Float => 4,
        TypeKind.BigInt or TypeKind.Double => 8,
        TypeKind.Decimal => DecimalBytes,
        TypeKind.Date => DateBytes,
        TypeKind.Time => TimeBytes,
        TypeKind.Timestamp or TypeKind.TimestampTz => TimestampBytes,
        _ => null,
    };
}
