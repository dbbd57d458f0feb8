using System.Buffers.Text;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Chunnel.Core;

/// <summary>Appends the text of single values. Whole columns go faster through <see cref="ColumnText"/>.</summary>
public static partial class ValueText
{
    /// <summary>Appends the value's text, or the format's null.</summary>
    public static void Append(ByteWriter writer, Column column, int row, TextFormat format) => Append(writer, column, row, format, level: 0);

    private static void Append(ByteWriter writer, Column column, int row, TextFormat format, int level)
    {
        if (column.IsNull(row))
        {
            writer.Append(format.Null.Span);
            return;
        }
        switch (column.Type.Kind)
        {
            case TypeKind.Boolean: writer.Append(BooleanText.Of(Bits.Get(((BoolColumn)column).Values, row))); break;
            case TypeKind.TinyInt: writer.Append(((FixedColumn<sbyte>)column).Values[row]); break;
            case TypeKind.SmallInt: writer.Append(((FixedColumn<short>)column).Values[row]); break;
            case TypeKind.Int: writer.Append(((FixedColumn<int>)column).Values[row]); break;
            case TypeKind.BigInt: writer.Append(((FixedColumn<long>)column).Values[row]); break;
            case TypeKind.Float: Append(writer, ((FixedColumn<float>)column).Values[row]); break;
            case TypeKind.Double: Append(writer, ((FixedColumn<double>)column).Values[row]); break;
            case TypeKind.Decimal: AppendDecimal(writer, (DecimalColumn)column, row, format); break;
            case TypeKind.String: writer.Append(((TextColumn)column)[row]); break;
            case TypeKind.Bytes: AppendBytes(writer, ((TextColumn)column)[row], format.Bytes); break;
            case TypeKind.Date: AppendDate(writer, ((FixedColumn<int>)column).Values[row], format); break;
            case TypeKind.Time: AppendTime(writer, ((FixedColumn<long>)column).Values[row], format); break;
            case TypeKind.Timestamp or TypeKind.TimestampTz: AppendTimestamp(writer, (TimestampColumn)column, row, format); break;
            case TypeKind.Array or TypeKind.Map or TypeKind.Row: AppendNested(writer, column, row, format, level); break;
            default: AppendVector(writer, (TextColumn)column, row, format.Nested == NestedText.Json ? ","u8 : ", "u8); break;
        }
    }

    public static void Append(ByteWriter writer, double value) => writer.Advance(JavaDouble.Format(value, writer.Space(JavaDouble.MostBytes)));

    public static void Append(ByteWriter writer, float value) => writer.Advance(JavaFloat.Format(value, writer.Space(JavaFloat.MostBytes)));

    public static void AppendDate(ByteWriter writer, long days, TextFormat format) =>
        writer.Advance(format.Date is { } pattern ? pattern.FormatDate(days, writer.Space(pattern.MostBytes)) : JavaTime.FormatDate(days, writer.Space(JavaTime.MostBytes)));

    public static void AppendTime(ByteWriter writer, long nanosOfDay, TextFormat format)
    {
        if (format.Time is { } pattern) writer.Advance(pattern.FormatTime(nanosOfDay, writer.Space(pattern.MostBytes)));
        else if (format.IsoTimes) writer.Advance(JavaTime.FormatIsoTime(nanosOfDay, writer.Space(JavaTime.MostBytes)));
        else writer.Advance(JavaTime.FormatTime(nanosOfDay, writer.Space(JavaTime.MostBytes)));
    }

    /// <summary>Appends a local timestamp, without its offset.</summary>
    public static void AppendTimestamp(ByteWriter writer, long micros, int nanos, TextFormat format)
    {
        if (format.Timestamp is { } pattern) writer.Advance(pattern.FormatTimestamp(micros, nanos, writer.Space(pattern.MostBytes)));
        else if (format.IsoTimes) writer.Advance(JavaTime.FormatIsoTimestamp(micros, nanos, (byte)'T', writer.Space(JavaTime.MostBytes)));
        else writer.Advance(JavaTime.FormatTimestamp(micros, nanos, writer.Space(JavaTime.MostBytes)));
    }

    /// <summary>Appends an instant as it is at its offset.</summary>
    public static void AppendInstant(ByteWriter writer, long microsUtc, int nanos, int offsetMinutes, TextFormat format)
    {
        if (format.Timestamp is { } pattern)
        {
            writer.Advance(pattern.FormatInstant(microsUtc, nanos, offsetMinutes, writer.Space(pattern.MostBytes + JavaTime.MostBytes)));
            // A pattern that says nothing of the offset would make another instant of it.
            if (!pattern.HasOffset && microsUtc is not (TimestampColumn.PositiveInfinity or TimestampColumn.NegativeInfinity))
                writer.Advance(JavaTime.PutOffset(offsetMinutes, writer.Space(JavaTime.MostBytes)));
        }
        else if (format.IsoTimes) writer.Advance(JavaTime.FormatIsoInstant(microsUtc, nanos, offsetMinutes, (byte)'T', writer.Space(JavaTime.MostBytes)));
        else writer.Advance(JavaTime.FormatInstant(microsUtc, nanos, offsetMinutes, writer.Space(JavaTime.MostBytes)));
    }

    public static void AppendBytes(ByteWriter writer, ReadOnlySpan<byte> value, BytesText style)
    {
        switch (style)
        {
            case BytesText.Raw: writer.Append(value); break;
            case BytesText.Base64:
                Base64.EncodeToUtf8(value, writer.Space(Base64.GetMaxEncodedToUtf8Length(value.Length)), out _, out var written);
                writer.Advance(written);
                break;
            default: AppendNumbers(writer, MemoryMarshal.Cast<byte, sbyte>(value), ", "u8); break;
        }
    }

    private static void AppendDecimal(ByteWriter writer, DecimalColumn column, int row, TextFormat format)
    {
        var scale = column.Type.Scale;
        var shown = column.ShownScale.IsEmpty ? scale : column.ShownScale[row];
        var space = writer.Space(DecimalText.MostBytes);
        writer.Advance(format.JavaDecimals
            ? DecimalText.FormatJava(column.Values[row], scale, shown, space)
            : DecimalText.FormatPlain(column.Values[row], scale, shown, space));
    }

    private static void AppendTimestamp(ByteWriter writer, TimestampColumn column, int row, TextFormat format)
    {
        var nanos = column.Nanos.IsEmpty ? 0 : column.Nanos[row];
        if (column.Type.Kind == TypeKind.Timestamp) AppendTimestamp(writer, column.Micros[row], nanos, format);
        else AppendInstant(writer, column.Micros[row], nanos, column.OffsetMinutes.IsEmpty ? 0 : column.OffsetMinutes[row], format);
    }

    private static void AppendVector(ByteWriter writer, TextColumn column, int row, ReadOnlySpan<byte> between)
    {
        var bytes = column[row];
        switch (column.Type.Kind)
        {
            case TypeKind.BinaryVector: AppendNumbers(writer, MemoryMarshal.Cast<byte, sbyte>(bytes), between); break;
            case TypeKind.FloatVector: AppendFloats(writer, bytes, sizeof(float), between); break;
            case TypeKind.Float16Vector or TypeKind.BFloat16Vector: AppendFloats(writer, bytes, column.Type.Kind == TypeKind.Float16Vector ? 2 : -2, between); break;
            case TypeKind.SparseFloatVector: AppendSparse(writer, bytes, between); break;
            default: throw new UnreachableException($"No text for {column.Type.Kind}.");
        }
    }

    private static void AppendNumbers(ByteWriter writer, ReadOnlySpan<sbyte> values, ReadOnlySpan<byte> between)
    {
        writer.Append((byte)'[');
        for (var i = 0; i < values.Length; i++)
        {
            if (i > 0) writer.Append(between);
            writer.Append(values[i]);
        }
        writer.Append((byte)']');
    }

    /// <param name="writer">Where to.</param>
    /// <param name="bytes">Little-endian values.</param>
    /// <param name="width">4 for IEEE 32, 2 for IEEE 16, -2 for the upper half of IEEE 32.</param>
    /// <param name="between">What separates two values.</param>
    private static void AppendFloats(ByteWriter writer, ReadOnlySpan<byte> bytes, int width, ReadOnlySpan<byte> between)
    {
        writer.Append((byte)'[');
        var step = Math.Abs(width);
        for (var at = 0; at + step <= bytes.Length; at += step)
        {
            if (at > 0) writer.Append(between);
            Append(writer, VectorValues.Read(bytes[at..], width));
        }
        writer.Append((byte)']');
    }

    private static void AppendSparse(ByteWriter writer, ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> between)
    {
        writer.Append((byte)'{');
        for (var at = 0; at + VectorValues.SparseEntryBytes <= bytes.Length; at += VectorValues.SparseEntryBytes)
        {
            if (at > 0) writer.Append(between);
            writer.Append((byte)'"');
            writer.Append(System.Buffers.Binary.BinaryPrimitives.ReadInt32LittleEndian(bytes[at..]));
            writer.Append("\":"u8);
            Append(writer, VectorValues.Read(bytes[(at + 4)..], sizeof(float)));
        }
        writer.Append((byte)'}');
    }
}
