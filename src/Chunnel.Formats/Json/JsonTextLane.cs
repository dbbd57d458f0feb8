using System.Buffers;
using System.Runtime.Intrinsics;
using Chunnel.Core;

namespace Chunnel.Formats;

/// <summary>Strings in quotes. One scan of the column finds the rows that have something to escape; the others are copied.</summary>
internal sealed unsafe class JsonTextLane() : LaneWriter("null"u8.ToArray())
{
    /// <summary>A byte becomes six at most: \u0001.</summary>
    private const int MostEscapedBytes = 6;

    private static readonly SearchValues<byte> Escaped =
        SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(code => (byte)code), (byte)'"', (byte)'\\']);

    private readonly ByteWriter _escaped = new(1024);

    public override void Write(in LaneRows rows, TextLane lane)
    {
        var source = (TextColumn)rows.Column;
        var offsets = source.Offsets;
        long bytes = 0;
        for (var i = 0; i < rows.Rows; i++) bytes += offsets[rows[i] + 1] - offsets[rows[i]];
        var any = source.Utf8[offsets[0]..offsets[^1]].IndexOfAny(Escaped) >= 0;
        lane.Begin(rows.Rows, checked((int)(any ? MostEscapedBytes * bytes : bytes) + rows.Rows * NullText.Length));
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
            else if (any && new ReadOnlySpan<byte>(from + start, length).IndexOfAny(Escaped) >= 0)
            {
                _escaped.Clear();
                JsonText.AppendString(_escaped, new ReadOnlySpan<byte>(from + start, length));
                to = FastFormat.Put(to, _escaped.Written);
            }
            else
            {
                *to++ = (byte)'"';
                Vector256.Load(from + start).Store(to);
                if (length > Vector256<byte>.Count) new ReadOnlySpan<byte>(from + start, length).CopyTo(new Span<byte>(to, length));
                to += length;
                *to++ = (byte)'"';
            }
            lane.Ends[i + 1] = (int)(to - lane.Bytes);
        }
    }
}
