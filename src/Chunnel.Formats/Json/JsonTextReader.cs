using Chunnel.Core;

namespace Chunnel.Formats;

/// <summary>Gathers strings; other values become the text that they are.</summary>
internal sealed unsafe class JsonTextReader(int field, int column, ColumnDef definition) : TextReader(field, column, definition)
{
    public override void Read(byte* bytes, FieldGrid grid, ColumnBuilder to, FieldContext context)
    {
        var fields = grid.Column(Field);
        var builder = (TextBuilder)to;
        var most = Sum(fields);
        var ends = builder.Ends;
        var length = 0;
        fixed (byte* target = builder.Space(Math.Max(1, most)))
        {
            for (var row = 0; row < fields.Rows; row++)
            {
                var place = fields[row];
                var from = bytes + place.Start;
                var size = place.Length;
                if (*from == '"' && !place.IsEscaped && size != 0)
                {
                    size -= 2;
                    Copy(from + 1, size, target + length);
                }
                else
                {
                    size = Unusual(from, place, new Span<byte>(target + length, size), builder, row, context);
                }
                length += size;
                ends[row] = length;
            }
            Finish(builder, fields.Rows, new ReadOnlySpan<byte>(target, length), context);
        }
    }

    /// <summary>Escaped, null, missing or no string. Returns the bytes written.</summary>
    private int Unusual(byte* from, FieldSpan place, Span<byte> to, TextBuilder builder, int row, FieldContext context)
    {
        var text = new ReadOnlySpan<byte>(from, place.Length);
        if (text.IsEmpty || text.SequenceEqual("null"u8))
        {
            builder.SetNull(row);
            return 0;
        }
        if (text[0] == '"')
        {
            if (JsonEscapes.TryUnescape(text[1..^1], to, out var length)) return length;
            context.Faults.Add(row, this, ParseOutcome.Malformed, text);
            return 0;
        }
        text.CopyTo(to);
        return text.Length;
    }
}
