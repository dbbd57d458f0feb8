using Chunnel.Core;

namespace Chunnel.Formats;

/// <summary>Gathers text fields, taking quotes off where there are some.</summary>
internal sealed unsafe class DelimitedTextReader(int field, int column, ColumnDef definition, DelimitedRules rules) : TextReader(field, column, definition)
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
            var quote = rules.Quote;
            var nullText = rules.NullText;
            for (var row = 0; row < fields.Rows; row++)
            {
                var place = fields[row];
                var from = bytes + place.Start;
                var size = place.Length;
                if (size == 0)
                {
                    if (rules.EmptyTextIsNull) builder.SetNull(row);
                }
                else if (*from == quote || place.IsEscaped || (size == nullText.Length && new ReadOnlySpan<byte>(from, size).SequenceEqual(nullText)))
                {
                    size = Unusual(from, place, new Span<byte>(target + length, size), builder, row);
                }
                else
                {
                    Copy(from, size, target + length);
                }
                length += size;
                ends[row] = length;
            }
            Finish(builder, fields.Rows, new ReadOnlySpan<byte>(target, length), context);
        }
    }

    /// <summary>Quoted, escaped or a null with a text of its own. Returns the bytes written.</summary>
    private int Unusual(byte* from, FieldSpan place, Span<byte> to, TextBuilder builder, int row)
    {
        var text = new ReadOnlySpan<byte>(from, place.Length);
        if (place.Length < 2 || *from != rules.Quote)
        {
            if (!text.SequenceEqual(rules.NullText)) return rules.Unescape(text, quoted: false, to);
            builder.SetNull(row);
            return 0;
        }
        text = text[1..^1];
        if (place.IsEscaped || text.Contains((byte)rules.Quote)) return rules.Unescape(text, quoted: true, to);
        text.CopyTo(to);
        return text.Length;
    }
}
