using System.Runtime.CompilerServices;
using Chunnel.Core;

namespace Chunnel.Connectors.Jdbc;

/// <summary>Texts and bytes, as they are. A text with U+0000 in it is found before the server refuses the whole COPY.</summary>
/// <param name="strictness">Whether U+0000 is left out.</param>
/// <param name="version">A byte before each value, as jsonb wants it; null for none.</param>
/// <param name="isText">False for bytes, which may hold anything.</param>
internal sealed unsafe class PgTextEncoder(Strictness strictness, byte? version, bool isText) : PgEncoder
{
    public override void Encode(Column column, in PgRows rows, TextLane lane, in PgPlace place)
    {
        var text = (TextColumn)column;
        var offsets = text.Offsets;
        var bytes = text.Utf8;
        var head = HeadBytes + (version is null ? 0 : 1);
        long total = (long)rows.Count * head;
        for (var i = 0; i < rows.Count; i++) total += offsets[rows[i] + 1] - offsets[rows[i]];
        Belief.Holds(total <= int.MaxValue, "a batch's text stays below 2 GiB");
        lane.Begin(rows.Count, (int)total);
        var hasNul = isText && bytes[offsets[0]..offsets[^1]].Contains((byte)0);
        var start = lane.Bytes;
        var ends = lane.Ends;
        var to = start;
        for (var i = 0; i < rows.Count; i++)
        {
            var row = rows[i];
            if (column.IsNull(row))
            {
                Unsafe.WriteUnaligned(to, NullHead);
                to += HeadBytes;
            }
            else
            {
                var value = bytes[offsets[row]..offsets[row + 1]];
                if (version is { } first) to[HeadBytes] = first;
                var length = hasNul ? CopyWithout0(value, to + head, row, place) : Copy(value, to + head);
                Put(to, length + head - HeadBytes);
                to += head + length;
            }
            ends[i + 1] = (int)(to - start);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Copy(ReadOnlySpan<byte> value, byte* to)
    {
        value.CopyTo(new Span<byte>(to, value.Length));
        return value.Length;
    }

    private int CopyWithout0(ReadOnlySpan<byte> value, byte* to, int row, in PgPlace place)
    {
        if (!value.Contains((byte)0)) return Copy(value, to);
        if (!strictness.RemovesNul) throw place.Wrong($"the text has the character U+0000 at place {value.IndexOf((byte)0) + 1}, which PostgreSQL's text cannot hold", "Take it out with a transform, or set nul_character = \"REMOVE\".", row);
        strictness.Stripped++;
        var length = 0;
        foreach (var b in value)
        {
            if (b != 0) to[length++] = b;
        }
        return length;
    }
}

/// <summary>Booleans: a byte each.</summary>
internal sealed unsafe class PgBoolEncoder : PgEncoder
{
    private const int FieldBytes = HeadBytes + 1;

    public override void Encode(Column column, in PgRows rows, TextLane lane, in PgPlace place)
    {
        var bits = ((BoolColumn)column).Values;
        lane.Begin(rows.Count, rows.Count * FieldBytes);
        var to = lane.Bytes;
        for (var i = 0; i < rows.Count; i++)
        {
            var row = rows[i];
            if (column.IsNull(row))
            {
                Unsafe.WriteUnaligned(to, NullHead);
                to += HeadBytes;
            }
            else
            {
                Put(to, 1);
                to[HeadBytes] = Bits.Get(bits, row) ? (byte)1 : (byte)0;
                to += FieldBytes;
            }
            lane.Ends[i + 1] = (int)(to - lane.Bytes);
        }
    }
}

/// <summary>Nothing but nulls.</summary>
internal sealed unsafe class PgNullEncoder : PgEncoder
{
    public override void Encode(Column column, in PgRows rows, TextLane lane, in PgPlace place)
    {
        lane.Begin(rows.Count, rows.Count * HeadBytes);
        new Span<byte>(lane.Bytes, rows.Count * HeadBytes).Fill(0xFF);
        for (var i = 0; i < rows.Count; i++) lane.Ends[i + 1] = (i + 1) * HeadBytes;
    }
}

/// <summary>Maps, rows and vectors as text: JSON, or numbers in brackets for a vector.</summary>
internal sealed class PgNestedEncoder(byte? version) : PgEncoder
{
    private readonly ByteWriter _text = new();
    private int[] _ends = [];

    public override void Encode(Column column, in PgRows rows, TextLane lane, in PgPlace place)
    {
        _text.Clear();
        if (_ends.Length < rows.Count) _ends = new int[rows.Count];
        for (var i = 0; i < rows.Count; i++)
        {
            var start = _text.Length;
            _text.Append([0, 0, 0, 0]);
            var isNull = column.IsNull(rows[i]);
            if (!isNull)
            {
                if (version is { } first) _text.Append(first);
                if (column.Type.IsVector) ValueText.Append(_text, column, rows[i], TextFormat.Json);
                else JsonText.Append(_text, column, rows[i]);
            }
            Patch(_text, start, isNull ? NullHead : _text.Length - start - HeadBytes);
            _ends[i] = _text.Length;
        }
        lane.Copy(_text.Written, _ends.AsSpan(0, rows.Count));
    }

    private static void Patch(ByteWriter text, int at, int length)
    {
        // What is written is ours: the head is filled in when the value's length is known.
        var head = System.Runtime.InteropServices.MemoryMarshal.AsMemory(text.WrittenMemory).Span[at..];
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(head, length);
    }
}
