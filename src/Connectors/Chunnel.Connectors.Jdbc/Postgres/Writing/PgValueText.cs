using Chunnel.Core;

namespace Chunnel.Connectors.Jdbc;

/// <summary>Single values as PostgreSQL's input functions read them.</summary>
internal static class PgValueText
{
    private static readonly TextFormat Plain = TextFormat.Json;

    public static void Append(ByteWriter to, Column column, int row)
    {
        switch (column.Type.Kind)
        {
            case TypeKind.Bytes:
                to.Append("\\x"u8);
                AppendHex(to, ((TextColumn)column)[row]);
                break;
            case TypeKind.Array: AppendArray(to, (ListColumn)column, row); break;
            case TypeKind.Map or TypeKind.Row: JsonText.Append(to, column, row); break;
            case TypeKind.TimestampTz:
                var moments = (TimestampColumn)column;
                ValueText.AppendTimestamp(to, moments.Micros[row], moments.Nanos.IsEmpty ? 0 : moments.Nanos[row], Plain);
                if (moments.Micros[row] is not (TimestampColumn.PositiveInfinity or TimestampColumn.NegativeInfinity)) to.Append("+00"u8);
                break;
            default: ValueText.Append(to, column, row, Plain); break;
        }
    }

    private static void AppendArray(ByteWriter to, ListColumn list, int row)
    {
        var (from, until) = (list.Offsets[row], list.Offsets[row + 1]);
        to.Append((byte)'{');
        for (var i = from; i < until; i++)
        {
            if (i > from) to.Append((byte)',');
            if (list.Elements.IsNull(i))
            {
                to.Append("NULL"u8);
                continue;
            }
            var start = to.Length;
            Append(to, list.Elements, i);
            if (list.Elements is not ListColumn) QuoteFrom(to, start);
        }
        to.Append((byte)'}');
    }

    private static void QuoteFrom(ByteWriter to, int start)
    {
        var value = to.Written[start..].ToArray();
        to.Truncate(start);
        to.Append((byte)'"');
        foreach (var b in value)
        {
            if (b is (byte)'"' or (byte)'\\') to.Append((byte)'\\');
            to.Append(b);
        }
        to.Append((byte)'"');
    }

    private static void AppendHex(ByteWriter to, ReadOnlySpan<byte> bytes)
    {
        var space = to.Space(2 * bytes.Length);
        Convert.TryToHexStringLower(bytes, space, out var written);
        to.Advance(written);
    }
}
