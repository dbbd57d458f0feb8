using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Chunnel.Core;

namespace Chunnel.Connectors.Jdbc;

/// <summary>Booleans: a byte each.</summary>
internal sealed unsafe class PgBoolDecoder : PgDecoder
{
    public override void Decode(FieldColumn fields, byte* data, ColumnBuilder to, int at, in PgPlace place)
    {
        var bits = ((BoolBuilder)to).Values;
        for (var i = 0; i < fields.Rows; i++)
        {
            var field = fields[i];
            if (field.IsMissing) to.SetNull(at + i);
            else if (field.Length != 1) WrongLength(field.Length, 1, place);
            else Bits.Put(bits, at + i, data[field.Start] != 0);
        }
    }
}

/// <summary>Timestamps, with and without zone: microseconds since 2000. The infinities stay the ends of the range.</summary>
internal sealed unsafe class PgTimestampDecoder(Looseness looseness) : PgDecoder
{
    /// <summary>The engine's moments end 29 years before PostgreSQL's.</summary>
    private const long MostWire = TimestampColumn.PositiveInfinity - 1 - PgFixed.MicrosTo2000;

    public override void Decode(FieldColumn fields, byte* data, ColumnBuilder to, int at, in PgPlace place)
    {
        var micros = ((TimestampBuilder)to).Micros;
        for (var i = 0; i < fields.Rows; i++)
        {
            var field = fields[i];
            if (field.Length != sizeof(long))
            {
                if (!field.IsMissing) WrongLength(field.Length, sizeof(long), place);
                micros[at + i] = 0;
                to.SetNull(at + i);
                continue;
            }
            var value = BinaryPrimitives.ReverseEndianness(Unsafe.ReadUnaligned<long>(data + field.Start));
            if (value is TimestampColumn.PositiveInfinity or TimestampColumn.NegativeInfinity) micros[at + i] = value;
            else if (value <= MostWire) micros[at + i] = value + PgFixed.MicrosTo2000;
            else Late(micros, at + i, to, i, place);
        }
    }

    private void Late(Span<long> micros, int row, ColumnBuilder to, int index, in PgPlace place)
    {
        if (looseness.OutOfRange == OutOfRange.Fail) throw place.Wrong("a moment after the year 294246 has no place in timestamp", "Set out_of_range = \"clamp\" or \"null\".", index);
        micros[row] = TimestampColumn.PositiveInfinity - 1;
        if (looseness.OutOfRange == OutOfRange.Null) to.SetNull(row);
    }
}

/// <summary>Texts and bytes: as they came.</summary>
internal sealed unsafe class PgTextDecoder : PgDecoder
{
    public override void Decode(FieldColumn fields, byte* data, ColumnBuilder to, int at, in PgPlace place)
    {
        var text = (TextBuilder)to;
        Belief.Holds(text.Count == at, "rows of a text column come in order");
        long total = 0;
        for (var i = 0; i < fields.Rows; i++) total += fields[i].Length;
        Belief.Holds(total <= int.MaxValue, "a chunk's text stays below 2 GiB");
        var space = text.Space((int)total);
        var ends = text.Ends;
        var start = text.ByteCount;
        var used = 0;
        for (var i = 0; i < fields.Rows; i++)
        {
            var field = fields[i];
            if (field.IsMissing) to.SetNull(at + i);
            new ReadOnlySpan<byte>(data + field.Start, field.Length).CopyTo(space[used..]);
            used += field.Length;
            ends[at + i] = start + used;
        }
        text.Advance(fields.Rows, used);
    }
}

/// <summary>Arrays of one dimension: the elements of all rows are noted, then decoded as a column of their own.</summary>
internal sealed unsafe class PgArrayDecoder(PgDecoder element) : PgDecoder
{
    /// <summary>Dimensions, a flag for nulls, the element's type, then size and lower bound of each dimension.</summary>
    private const int HeadBytes = 12;
    private const int DimensionBytes = 8;

    private FieldGrid _elements = new(1, 1024);
    private int[] _counts = new int[256];

    public override void Decode(FieldColumn fields, byte* data, ColumnBuilder to, int at, in PgPlace place)
    {
        var list = (ListBuilder)to;
        if (_counts.Length < fields.Rows) _counts = new int[fields.Rows];
        var total = 0;
        for (var i = 0; i < fields.Rows; i++) total += _counts[i] = CountOf(fields[i], data, i, place);
        if (_elements.Capacity < total) _elements = new FieldGrid(1, total);
        var noted = 0;
        for (var i = 0; i < fields.Rows; i++)
        {
            if (_counts[i] > 0) noted = Note(data, fields[i].Start + HeadBytes + DimensionBytes, _counts[i], noted);
        }
        _elements.SetRows(total);
        var first = list.ElementCount;
        list.Elements.EnsureCapacity(first + total);
        element.Decode(_elements.Column(0), data, list.Elements, first, place);
        for (var i = 0; i < fields.Rows; i++)
        {
            if (fields[i].IsMissing) list.AppendNull();
            else list.CloseRow(_counts[i]);
        }
    }

    private static int CountOf(FieldSpan field, byte* data, int index, in PgPlace place)
    {
        if (field.Length < HeadBytes) return 0;
        var dimensions = Int(data + field.Start);
        if (dimensions == 0) return 0;
        if (dimensions > 1) throw place.Wrong($"an array of {dimensions} dimensions has no place in a column of type array", "Ask for it as text with a query: select column::text.", index);
        return Int(data + field.Start + HeadBytes);
    }

    private int Note(byte* data, int at, int count, int noted)
    {
        var elements = _elements.Fields;
        for (var i = 0; i < count; i++)
        {
            var bytes = Int(data + at);
            at += sizeof(int);
            elements[noted + i] = bytes < 0 ? FieldSpan.Missing : FieldSpan.Plain(at, bytes);
            at += Math.Max(bytes, 0);
        }
        return noted + count;
    }

    private static int Int(byte* at) => BinaryPrimitives.ReverseEndianness(Unsafe.ReadUnaligned<int>(at));
}
