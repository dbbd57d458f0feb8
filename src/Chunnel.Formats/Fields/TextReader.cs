using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Text;
using System.Text.Unicode;
using Chunnel.Core;

namespace Chunnel.Formats;

/// <summary>What the readers of text columns share: copies in steps of 32 bytes, and the question whether all of it is UTF-8.</summary>
internal abstract unsafe class TextReader(int field, int column, ColumnDef definition) : FieldReader(field, column, definition)
{
    /// <summary>Copies, and perhaps up to 32 bytes more: the slack behind every block takes what the last copy writes too much.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected static void Copy(byte* from, int length, byte* to)
    {
        Vector256.Load(from).Store(to);
        if (length > Vector256<byte>.Count) new ReadOnlySpan<byte>(from, length).CopyTo(new Span<byte>(to, length));
    }

    /// <summary>Bytes of all fields together: no value is longer than its field.</summary>
    protected static int Sum(in FieldColumn fields)
    {
        var sum = 0;
        for (var row = 0; row < fields.Rows; row++) sum += fields[row].Length;
        return sum;
    }

    /// <summary>Ends the column, when all of it is text; else notes faults, or replaces what is none.</summary>
    protected void Finish(TextBuilder builder, int rows, ReadOnlySpan<byte> bytes, FieldContext context)
    {
        var length = IsText(bytes, builder.Ends[..rows]) ? bytes.Length : Repair(builder, rows, bytes, context);
        builder.Advance(rows, length);
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

    /// <summary>Writes the column anew. Returns its bytes.</summary>
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
