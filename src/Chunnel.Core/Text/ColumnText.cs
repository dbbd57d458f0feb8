using System.Globalization;
using System.Numerics;

namespace Chunnel.Core;

/// <summary>
/// The text of a whole column, one behind the other, with each value's end: what rows are woven from. One loop a type, no call through a
/// table per value, room reserved once a column.
/// </summary>
public static class ColumnText
{
    /// <summary>Appends the text of the rows that count, nulls as the format's null.</summary>
    /// <param name="column">What to write.</param>
    /// <param name="selection">Row numbers, or empty for the first rows.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="format">How values look.</param>
    /// <param name="writer">Where the bytes go, behind what is there.</param>
    /// <param name="ends">Gets, for each row, the writer's length behind its value.</param>
    public static void Render(Column column, ReadOnlySpan<ushort> selection, int rows, TextFormat format, ByteWriter writer, Span<int> ends)
    {
        var place = new Place(column, selection, rows, format.Null.Span, writer, ends);
        switch (column.Type.Kind)
        {
            case TypeKind.Boolean: Each(new BoolWriter(((BoolColumn)column).Values), place); break;
            case TypeKind.TinyInt: Each(new IntWriter<sbyte>(((FixedColumn<sbyte>)column).Values), place); break;
            case TypeKind.SmallInt: Each(new IntWriter<short>(((FixedColumn<short>)column).Values), place); break;
            case TypeKind.Int: Each(new IntWriter<int>(((FixedColumn<int>)column).Values), place); break;
            case TypeKind.BigInt: Each(new IntWriter<long>(((FixedColumn<long>)column).Values), place); break;
            case TypeKind.Float: Each(new FloatWriter(((FixedColumn<float>)column).Values), place); break;
            case TypeKind.Double: Each(new DoubleWriter(((FixedColumn<double>)column).Values), place); break;
            case TypeKind.Decimal: Each(new DecimalWriter((DecimalColumn)column, format.JavaDecimals), place); break;
            case TypeKind.Date when format.Date is { } pattern: Each(new DatePatternWriter(((FixedColumn<int>)column).Values, pattern), place); break;
            case TypeKind.Timestamp when format.Timestamp is { } pattern: Each(new TimestampPatternWriter((TimestampColumn)column, pattern), place); break;
            case TypeKind.String: Copy((TextColumn)column, place); break;
            case TypeKind.Bytes when format.Bytes == BytesText.Raw: Copy((TextColumn)column, place); break;
            default: OneByOne(place, format); break;
        }
    }

    private static void Each<TWriter>(TWriter values, in Place place) where TWriter : IValueWriter, allows ref struct
    {
        var start = place.Writer.Length;
        var room = Math.Max(values.MostBytes, place.Null.Length);
        var space = place.Writer.Space(checked(place.Rows * room));
        var validity = place.Column.Validity;
        var selection = place.Selection;
        var at = 0;
        for (var i = 0; i < place.Rows; i++)
        {
            var row = selection.IsEmpty ? i : selection[i];
            if (validity.IsEmpty || Bits.Get(validity, row))
            {
                at += values.Write(row, space[at..]);
            }
            else
            {
                place.Null.CopyTo(space[at..]);
                at += place.Null.Length;
            }
            place.Ends[i] = start + at;
        }
        place.Writer.Advance(at);
    }

    private static void Copy(TextColumn column, in Place place)
    {
        var offsets = column.Offsets;
        if (place.Selection.IsEmpty && !column.HasNulls)
        {
            // All rows and no nulls: one copy, and the ends are the offsets moved.
            var shift = place.Writer.Length - offsets[0];
            place.Writer.Append(column.Utf8[offsets[0]..offsets[place.Rows]]);
            for (var i = 0; i < place.Rows; i++) place.Ends[i] = offsets[i + 1] + shift;
            return;
        }
        for (var i = 0; i < place.Rows; i++)
        {
            var row = place.Selection.IsEmpty ? i : place.Selection[i];
            place.Writer.Append(column.IsNull(row) ? place.Null : column.Utf8[offsets[row]..offsets[row + 1]]);
            place.Ends[i] = place.Writer.Length;
        }
    }

    private static void OneByOne(in Place place, TextFormat format)
    {
        for (var i = 0; i < place.Rows; i++)
        {
            ValueText.Append(place.Writer, place.Column, place.Selection.IsEmpty ? i : place.Selection[i], format);
            place.Ends[i] = place.Writer.Length;
        }
    }

    /// <summary>Writes one value that is not null. The struct's type picks the loop, so nothing is looked up per value.</summary>
    private interface IValueWriter
    {
        int MostBytes { get; }

        int Write(int row, Span<byte> to);
    }

    private readonly ref struct Place(Column column, ReadOnlySpan<ushort> selection, int rows, ReadOnlySpan<byte> nul, ByteWriter writer, Span<int> ends)
    {
        public Column Column { get; } = column;

        public ReadOnlySpan<ushort> Selection { get; } = selection;

        public int Rows { get; } = rows;

        public ReadOnlySpan<byte> Null { get; } = nul;

        public ByteWriter Writer { get; } = writer;

        public Span<int> Ends { get; } = ends;
    }

    private readonly ref struct BoolWriter(ReadOnlySpan<ulong> bits) : IValueWriter
    {
        private readonly ReadOnlySpan<ulong> _bits = bits;

        public int MostBytes => 5;

        public int Write(int row, Span<byte> to)
        {
            var text = BooleanText.Of(Bits.Get(_bits, row));
            text.CopyTo(to);
            return text.Length;
        }
    }

    private readonly ref struct IntWriter<T>(ReadOnlySpan<T> values) : IValueWriter where T : unmanaged, IBinaryInteger<T>
    {
        private readonly ReadOnlySpan<T> _values = values;

        public int MostBytes => IntText.MostBytes;

        public int Write(int row, Span<byte> to)
        {
            _values[row].TryFormat(to, out var bytes, default, CultureInfo.InvariantCulture);
            return bytes;
        }
    }

    private readonly ref struct FloatWriter(ReadOnlySpan<float> values) : IValueWriter
    {
        private readonly ReadOnlySpan<float> _values = values;

        public int MostBytes => JavaFloat.MostBytes;

        public int Write(int row, Span<byte> to) => JavaFloat.Format(_values[row], to);
    }

    private readonly ref struct DoubleWriter(ReadOnlySpan<double> values) : IValueWriter
    {
        private readonly ReadOnlySpan<double> _values = values;

        public int MostBytes => JavaDouble.MostBytes;

        public int Write(int row, Span<byte> to) => JavaDouble.Format(_values[row], to);
    }

    private readonly ref struct DecimalWriter(DecimalColumn column, bool java) : IValueWriter
    {
        private readonly ReadOnlySpan<Int128> _values = column.Values;
        private readonly ReadOnlySpan<sbyte> _shownScale = column.ShownScale;
        private readonly int _scale = column.Type.Scale;

        /// <summary>Sign, 38 digits, a point and a zero before it, unless a scale to show asks for more.</summary>
        public int MostBytes => _shownScale.IsEmpty ? 48 : DecimalText.MostBytes;

        public int Write(int row, Span<byte> to)
        {
            var shown = _shownScale.IsEmpty ? _scale : _shownScale[row];
            return java ? DecimalText.FormatJava(_values[row], _scale, shown, to) : DecimalText.FormatPlain(_values[row], _scale, shown, to);
        }
    }

    private readonly ref struct DatePatternWriter(ReadOnlySpan<int> days, TimePattern pattern) : IValueWriter
    {
        private readonly ReadOnlySpan<int> _days = days;

        public int MostBytes => pattern.MostBytes;

        public int Write(int row, Span<byte> to) => pattern.FormatDate(_days[row], to);
    }

    private readonly ref struct TimestampPatternWriter(TimestampColumn column, TimePattern pattern) : IValueWriter
    {
        private readonly ReadOnlySpan<long> _micros = column.Micros;
        private readonly ReadOnlySpan<short> _nanos = column.Nanos;

        public int MostBytes => pattern.MostBytes;

        public int Write(int row, Span<byte> to) => pattern.FormatTimestamp(_micros[row], _nanos.IsEmpty ? 0 : _nanos[row], to);
    }
}
