using System.Buffers;
using System.Diagnostics;

namespace Chunnel.Core;

/// <summary>
/// Values as JSON (spec connectors.md 2.2): nulls as null, times in ISO form, bytes in base64, decimals as plain numbers, maps and rows as
/// objects. A number that JSON cannot write (NaN, infinities) becomes text, as Jackson does.
/// </summary>
public static class JsonText
{
    private static readonly SearchValues<byte> Escaped =
        SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(code => (byte)code), (byte)'"', (byte)'\\']);

    /// <summary>Appends the value.</summary>
    public static void Append(ByteWriter writer, Column column, int row)
    {
        if (column.IsNull(row))
        {
            writer.Append("null"u8);
            return;
        }
        switch (column.Type.Kind)
        {
            case TypeKind.String: AppendString(writer, ((TextColumn)column)[row]); break;
            case TypeKind.Float: AppendNumber(writer, column, row, float.IsFinite(((FixedColumn<float>)column).Values[row])); break;
            case TypeKind.Double: AppendNumber(writer, column, row, double.IsFinite(((FixedColumn<double>)column).Values[row])); break;
            case TypeKind.Bytes or TypeKind.Date or TypeKind.Time or TypeKind.Timestamp or TypeKind.TimestampTz: AppendNumber(writer, column, row, bare: false); break;
            case TypeKind.Array: AppendList(writer, (ListColumn)column, row); break;
            case TypeKind.Map: AppendMap(writer, (MapColumn)column, row); break;
            case TypeKind.Row: AppendRow(writer, (RowColumn)column, row); break;
            default: ValueText.Append(writer, column, row, TextFormat.Json); break;
        }
    }

    /// <summary>Appends text in quotes, escaping what JSON wants escaped.</summary>
    public static void AppendString(ByteWriter writer, ReadOnlySpan<byte> utf8)
    {
        writer.Append((byte)'"');
        while (true)
        {
            var plain = utf8.IndexOfAny(Escaped);
            if (plain < 0) break;
            writer.Append(utf8[..plain]);
            AppendEscape(writer, utf8[plain]);
            utf8 = utf8[(plain + 1)..];
        }
        writer.Append(utf8);
        writer.Append((byte)'"');
    }

    private static void AppendEscape(ByteWriter writer, byte value)
    {
        writer.Append((byte)'\\');
        switch (value)
        {
            case (byte)'"' or (byte)'\\': writer.Append(value); break;
            case (byte)'\n': writer.Append((byte)'n'); break;
            case (byte)'\r': writer.Append((byte)'r'); break;
            case (byte)'\t': writer.Append((byte)'t'); break;
            case (byte)'\b': writer.Append((byte)'b'); break;
            case (byte)'\f': writer.Append((byte)'f'); break;
            default:
                writer.Append("u00"u8);
                writer.Append("0123456789ABCDEF"u8[value >> 4]);
                writer.Append("0123456789ABCDEF"u8[value & 15]);
                break;
        }
    }

    private static void AppendNumber(ByteWriter writer, Column column, int row, bool bare)
    {
        if (!bare) writer.Append((byte)'"');
        ValueText.Append(writer, column, row, TextFormat.Json);
        if (!bare) writer.Append((byte)'"');
    }

    private static void AppendList(ByteWriter writer, ListColumn column, int row)
    {
        writer.Append((byte)'[');
        var (start, end) = (column.Offsets[row], column.Offsets[row + 1]);
        for (var i = start; i < end; i++)
        {
            if (i > start) writer.Append((byte)',');
            Append(writer, column.Elements, i);
        }
        writer.Append((byte)']');
    }

    private static void AppendMap(ByteWriter writer, MapColumn column, int row)
    {
        writer.Append((byte)'{');
        var (start, end) = (column.Offsets[row], column.Offsets[row + 1]);
        for (var i = start; i < end; i++)
        {
            if (i > start) writer.Append((byte)',');
            AppendKey(writer, column.Keys, i);
            writer.Append((byte)':');
            Append(writer, column.Values, i);
        }
        writer.Append((byte)'}');
    }

    /// <summary>Keys are text whatever their type is.</summary>
    private static void AppendKey(ByteWriter writer, Column keys, int row)
    {
        switch (keys.Type.Kind)
        {
            case TypeKind.String when !keys.IsNull(row): AppendString(writer, ((TextColumn)keys)[row]); break;
            case TypeKind.Array or TypeKind.Map or TypeKind.Row: throw new UnreachableException("Keys of maps are basic.");
            default:
                writer.Append((byte)'"');
                if (keys.IsNull(row)) writer.Append("null"u8);
                else ValueText.Append(writer, keys, row, TextFormat.Json);
                writer.Append((byte)'"');
                break;
        }
    }

    private static void AppendRow(ByteWriter writer, RowColumn column, int row)
    {
        var names = ((RowType)column.Type).Fields;
        writer.Append((byte)'{');
        for (var i = 0; i < column.Fields.Count; i++)
        {
            if (i > 0) writer.Append((byte)',');
            AppendName(writer, names[i].Name);
            writer.Append((byte)':');
            Append(writer, column.Fields[i], row);
        }
        writer.Append((byte)'}');
    }

    private static void AppendName(ByteWriter writer, string name)
    {
        Span<byte> short256 = stackalloc byte[256];
        var utf8 = System.Text.Encoding.UTF8.TryGetBytes(name, short256, out var bytes) ? short256[..bytes] : System.Text.Encoding.UTF8.GetBytes(name);
        AppendString(writer, utf8);
    }
}
