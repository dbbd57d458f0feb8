using System.Runtime.Intrinsics;
using Chunnel.Core;

namespace Chunnel.Formats;

/// <summary>
/// Text fields. One scan of the whole column finds the rows that need quotes; without nulls, empty texts and such rows the lane shows the
/// column's own bytes, else texts are gathered in steps of 32 bytes.
/// </summary>
internal sealed unsafe class DelimitedTextLane(DelimitedText text, string column) : LaneWriter(text.NullText)
{
    private ulong[] _protected = [];

    public override void Write(in LaneRows rows, TextLane lane)
    {
        var source = (TextColumn)rows.Column;
        var offsets = source.Offsets;
        var any = text.QuotesAll || MarkProtected(source, offsets);
        if (!any && !source.HasNulls && rows.Selection.IsEmpty)
        {
            lane.Show(source.ByteBuffer.Block!.Pointer + source.ByteBuffer.Offset, (int*)(source.OffsetBuffer.Block!.Pointer + source.OffsetBuffer.Offset), rows.Rows);
            return;
        }
        Gather(rows, source, offsets, lane, any);
    }

    /// <summary>Marks the rows that need protection. False when none does.</summary>
    private bool MarkProtected(TextColumn source, ReadOnlySpan<int> offsets)
    {
        var words = Bits.Words(source.Length);
        if (_protected.Length < words) _protected = new ulong[words];
        Array.Clear(_protected, 0, words);
        var any = false;
        var bytes = source.Utf8;
        var row = 0;
        for (var at = offsets[0]; at < offsets[^1];)
        {
            var found = text.FirstSpecial(bytes[at..offsets[^1]]);
            if (found < 0) break;
            at += found;
            while (offsets[row + 1] <= at) row++;
            if (text.NeedsProtection(bytes[offsets[row]..offsets[row + 1]]))
            {
                Bits.Set(_protected, row);
                any = true;
            }
            at = offsets[row + 1];
        }
        if (text.CanQuote) any |= MarkNullLike(source, offsets);
        return any;
    }

    /// <summary>Text that reads as a null gets quotes to be told from it.</summary>
    private bool MarkNullLike(TextColumn source, ReadOnlySpan<int> offsets)
    {
        var length = NullText.Length;
        var any = false;
        for (var row = 0; row < source.Length; row++)
        {
            if (offsets[row + 1] - offsets[row] != length || !source[row].SequenceEqual(NullText)) continue;
            Bits.Set(_protected, row);
            any = true;
        }
        return any;
    }

    private void Gather(in LaneRows rows, TextColumn source, ReadOnlySpan<int> offsets, TextLane lane, bool any)
    {
        var room = Room(rows, offsets, any);
        lane.Begin(rows.Rows, checked(room + rows.Rows * NullText.Length));
        var from = source.ByteBuffer.Block!.Pointer + source.ByteBuffer.Offset;
        var validity = source.Validity;
        var to = lane.Bytes;
        for (var i = 0; i < rows.Rows; i++)
        {
            var row = rows[i];
            var start = offsets[row];
            var length = offsets[row + 1] - start;
            if (!validity.IsEmpty && !Bits.Get(validity, row))
            {
                to = FastFormat.Put(to, NullText);
            }
            else if (any && (text.QuotesAll || Bits.Get(_protected, row)))
            {
                var written = text.Protect(new ReadOnlySpan<byte>(from + start, length), new Span<byte>(to, DelimitedText.Room(1, length)));
                if (written < 0) throw new UnwritableValueException(column, i, RowFaults.Show(new ReadOnlySpan<byte>(from + start, length)));
                to += written;
            }
            else
            {
                Vector256.Load(from + start).Store(to);
                if (length > Vector256<byte>.Count) new ReadOnlySpan<byte>(from + start, length).CopyTo(new Span<byte>(to, length));
                to += length;
            }
            lane.Ends[i + 1] = (int)(to - lane.Bytes);
        }
    }

    private static int Room(in LaneRows rows, ReadOnlySpan<int> offsets, bool any)
    {
        long bytes = 0;
        if (rows.Selection.IsEmpty) bytes = offsets[rows.Rows] - offsets[0];
        else foreach (var row in rows.Selection) bytes += offsets[row + 1] - offsets[row];
        return any ? DelimitedText.Room(rows.Rows, checked((int)bytes)) : checked((int)bytes);
    }
}
