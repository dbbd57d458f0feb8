using System.Runtime.Intrinsics;
using System.Text;
using System.Text.Unicode;
using Chunnel.Core;

namespace Chunnel.Formats;

/// <summary>
/// Gathers text: one pass adds up the lengths, a second copies in steps of 32 bytes and takes quotes off where there are some, a third (a
/// scan of the whole column) asks whether all of it is UTF-8.
/// </summary>
internal sealed unsafe class DelimitedTextReader(int field, int column, ColumnDef definition, DelimitedRules rules) : FieldReader(field, column, definition)
{
    public override void Read(byte* bytes, FieldGrid grid, ColumnBuilder to, FieldContext context)
    {
        var fields = grid.Column(Field);
        var builder = (TextBuilder)to;
        var most = 0;
        for (var row = 0; row < fields.Rows; row++) most += fields[row].Length;

        // The slack behind every block takes what the last copy writes too much.
        var ends = builder.Ends;
        var length = 0;
        fixed (byte* target = builder.Space(most))
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
                    Vector256.Load(from).Store(target + length);
                    if (size > Vector256<byte>.Count) new ReadOnlySpan<byte>(from, size).CopyTo(new Span<byte>(target + length, size));
                }
                length += size;
                ends[row] = length;
            }
            if (!IsText(new ReadOnlySpan<byte>(target, length), ends[..fields.Rows])) length = Repair(builder, fields.Rows, new ReadOnlySpan<byte>(target, length), context);
        }
        builder.Advance(fields.Rows, length);
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

    /// <summary>True when every value by itself is UTF-8: all together are, and none begins within a character.</summary>
    private static bool IsText(ReadOnlySpan<byte> bytes, ReadOnlySpan<int> ends)
    {
        if (Ascii.IsValid(bytes)) return true;
        if (!Utf8.IsValid(bytes)) return false;
        var start = 0;
        foreach (var end in ends)
        {
            if (start < bytes.Length && (bytes[start] & 0xC0) == 0x80) return false;
            start = end;
        }
        return true;
    }

    /// <summary>Faults, or replaces what is no UTF-8; the column is written anew. Returns its bytes.</summary>
    private int Repair(TextBuilder builder, int rows, ReadOnlySpan<byte> bytes, FieldContext context)
    {
        var repaired = new ByteWriter(bytes.Length);
        var ends = builder.Ends;
        var start = 0;
        for (var row = 0; row < rows; row++)
        {
            var text = bytes[start..ends[row]];
            start = ends[row];
            if (Utf8.IsValid(text)) repaired.Append(text);
            else if (context.ReplacesInvalidText) repaired.Append(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(text)));
            else context.Faults.AddInvalidText(row, this, text);
            ends[row] = repaired.Length;
        }
        repaired.Written.CopyTo(builder.Space(repaired.Length));
        return repaired.Length;
    }
}
