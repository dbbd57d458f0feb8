using System.Text;
using Chunnel.Core;

namespace Chunnel.Formats;

/// <summary>Writes an object a line, every column named, nulls as null (spec connectors.md 2.2).</summary>
public sealed class JsonLinesEncoder(TableSchema schema, JsonOptions options) : ITableEncoder
{
    private readonly RowEncoder _rows = new(
        [.. schema.Columns.Select(column => Writer(column.Type, options.Fast))],
        [.. schema.Columns.Select((column, i) => Before(column.Name, i == 0))],
        schema.Columns.Count == 0 ? "{}"u8.ToArray() : "}"u8.ToArray(),
        Encoding.UTF8.GetBytes(options.RowDelimiter),
        options.Encoding,
        options.Fast);

    public void Begin(ByteWriter to) => _rows.Begin(to);

    public void Write(ColumnBatch batch, ByteWriter to) => _rows.Write(batch, to);

    public void End(ByteWriter to) => _rows.End(to);

    private static LaneWriter Writer(DataType type, bool fast)
    {
        var none = "null"u8.ToArray();
        return type.Kind switch
        {
            TypeKind.TinyInt or TypeKind.SmallInt or TypeKind.Int or TypeKind.BigInt => LaneWriter.For(type, TextFormat.Json, none, fast),
            TypeKind.Double when fast => new JsonDoubleLane(),
            TypeKind.String when fast => new JsonTextLane(),
            TypeKind.Timestamp when fast => new TimestampLane((byte)'T', hasFraction: true, (byte)'"', TextFormat.Json, none),
            _ => new JsonPlainLane(),
        };
    }

    private static byte[] Before(string name, bool isFirst)
    {
        var text = new ByteWriter(256);
        text.Append(isFirst ? (byte)'{' : (byte)',');
        JsonText.AppendString(text, Encoding.UTF8.GetBytes(name));
        text.Append((byte)':');
        return text.Written.ToArray();
    }
}
