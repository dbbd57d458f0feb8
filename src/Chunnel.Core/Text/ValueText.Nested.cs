namespace Chunnel.Core;

public static partial class ValueText
{
    private static void AppendNested(ByteWriter writer, Column column, int row, TextFormat format, int level)
    {
        switch (format.Nested)
        {
            case NestedText.Json: JsonText.Append(writer, column, row); break;
            case NestedText.Brackets: AppendBracketed(writer, column, row, format); break;
            default: AppendSeparated(writer, column, row, format, level); break;
        }
    }

    private static void AppendBracketed(ByteWriter writer, Column column, int row, TextFormat format)
    {
        if (column is MapColumn)
        {
            JsonText.Append(writer, column, row);
            return;
        }
        writer.Append((byte)'[');
        if (column is ListColumn list)
        {
            var (start, end) = (list.Offsets[row], list.Offsets[row + 1]);
            for (var i = start; i < end; i++)
            {
                if (i > start) writer.Append(", "u8);
                Append(writer, list.Elements, i, format);
            }
        }
        else
        {
            var fields = ((RowColumn)column).Fields;
            for (var i = 0; i < fields.Count; i++)
            {
                if (i > 0) writer.Append(", "u8);
                Append(writer, fields[i], row, format);
            }
        }
        writer.Append((byte)']');
    }

    private static void AppendSeparated(ByteWriter writer, Column column, int row, TextFormat format, int level)
    {
        var between = SeparatorAt(format, level + 1);
        switch (column)
        {
            case ListColumn list:
                var (start, end) = (list.Offsets[row], list.Offsets[row + 1]);
                for (var i = start; i < end; i++)
                {
                    if (i > start) writer.Append(between);
                    Append(writer, list.Elements, i, format, level + 1);
                }
                break;
            case MapColumn map:
                var inside = SeparatorAt(format, level + 2);
                var (first, last) = (map.Offsets[row], map.Offsets[row + 1]);
                for (var i = first; i < last; i++)
                {
                    if (i > first) writer.Append(between);
                    Append(writer, map.Keys, i, format, level + 2);
                    writer.Append(inside);
                    Append(writer, map.Values, i, format, level + 2);
                }
                break;
            default:
                var fields = ((RowColumn)column).Fields;
                for (var i = 0; i < fields.Count; i++)
                {
                    if (i > 0) writer.Append(between);
                    Append(writer, fields[i], row, format, level + 1);
                }
                break;
        }
    }

    internal static ReadOnlySpan<byte> SeparatorAt(TextFormat format, int level) =>
        level < format.Separators.Count
            ? format.Separators[level]
            : throw new ChunnelException(CommonErrors.UnsupportedOperation, $"Text has separators for {format.Separators.Count} levels of nesting, and this value needs more.")
            {
                Mend = "Write such columns as JSON, or flatten them first.",
            };
}
