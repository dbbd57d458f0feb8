using System.Buffers.Text;
using System.Numerics;

namespace Chunnel.Core;

/// <summary>
/// Reads a value's text into a builder's row: the way back of <see cref="ValueText"/>. The format's null is null, and so is empty text for
/// all but strings and bytes; blanks around anything but those are no part of it. Where the text is no value of the type, the row is null
/// and the outcome says so; inside arrays, maps and rows the element is null and the outcome is the worst of them.
/// </summary>
public static partial class ValueParser
{
    public static ParseOutcome TryParse(ReadOnlySpan<byte> text, ColumnBuilder to, int row, TextFormat format) => TryParse(text, to, row, format, level: 0);

    private static ParseOutcome TryParse(ReadOnlySpan<byte> text, ColumnBuilder to, int row, TextFormat format, int level)
    {
        to.EnsureCapacity(row + 1);
        if (text.SequenceEqual(format.Null.Span)) return Null(to, row);
        switch (to.Type.Kind)
        {
            case TypeKind.String:
                ((TextBuilder)to).Append(text);
                return ParseOutcome.Exact;
            case TypeKind.Bytes: return Bytes(text, (TextBuilder)to, format.Bytes);
            case TypeKind.Array or TypeKind.Map or TypeKind.Row: return Nested(text, to, row, format, level);
        }
        text = text.Trim(" \t\r\n"u8);
        if (text.IsEmpty) return Null(to, row);
        var outcome = to.Type.Kind switch
        {
            TypeKind.Boolean => Bool(text, (BoolBuilder)to, row),
            TypeKind.TinyInt => Int<sbyte>(text, to, row),
            TypeKind.SmallInt => Int<short>(text, to, row),
            TypeKind.Int => Int<int>(text, to, row),
            TypeKind.BigInt => Int<long>(text, to, row),
            TypeKind.Float => JavaFloat.TryParse(text, out ((FixedBuilder<float>)to).Values[row]),
            TypeKind.Double => JavaDouble.TryParse(text, out ((FixedBuilder<double>)to).Values[row]),
            TypeKind.Decimal => Decimal(text, (DecimalBuilder)to, row),
            TypeKind.Date => Date(text, out ((FixedBuilder<int>)to).Values[row], format),
            TypeKind.Time => Time(text, out ((FixedBuilder<long>)to).Values[row], format),
            TypeKind.Timestamp or TypeKind.TimestampTz => Timestamp(text, (TimestampBuilder)to, row, format),
            TypeKind.Null => ParseOutcome.Exact,
            _ => VectorParser.TryAppend(text, (TextBuilder)to),
        };
        if (outcome is ParseOutcome.Malformed or ParseOutcome.OutOfRange) Null(to, row);
        return outcome;
    }

    /// <summary>Makes the row null, whatever the builder is.</summary>
    public static ParseOutcome Null(ColumnBuilder to, int row)
    {
        to.AppendNullAt(row);
        return ParseOutcome.Exact;
    }

    public static ParseOutcome Date(ReadOnlySpan<byte> text, out int days, TextFormat format) =>
        format.Date is { } pattern ? pattern.TryParseDate(text, out days) : TimeDetection.TryParseDate(text, out days);

    public static ParseOutcome Time(ReadOnlySpan<byte> text, out long nanosOfDay, TextFormat format) =>
        format.Time is { } pattern ? pattern.TryParseTime(text, out nanosOfDay) : TimeDetection.TryParseTime(text, out nanosOfDay);

    /// <summary>Reads a timestamp, local or an instant by the builder's type. A local one keeps the time as written, whatever its offset.</summary>
    public static ParseOutcome Timestamp(ReadOnlySpan<byte> text, TimestampBuilder to, int row, TextFormat format)
    {
        var found = format.Timestamp is { } pattern ? pattern.TryParse(text, out var time) : TimeDetection.TryParse(text, out time);
        if (!found && format.Timestamp is { HasOffset: false } && to.Type.Kind == TypeKind.TimestampTz) found = WithOffset(text, format.Timestamp, out time);
        if (!found) return JavaTime.TryParseInfinity(text, out to.Micros[row]) ? ParseOutcome.Exact : ParseOutcome.Malformed;
        return Put(time, to, row);
    }

    /// <summary>Writes the parts of a timestamp into a row.</summary>
    public static ParseOutcome Put(in CivilTime time, TimestampBuilder to, int row)
    {
        var instant = to.Type.Kind == TypeKind.TimestampTz;
        short nanos;
        var fits = instant ? time.TryToInstant(out to.Micros[row], out nanos) : time.TryToMicros(out to.Micros[row], out nanos);
        if (!fits) return ParseOutcome.OutOfRange;
        if (nanos != 0) to.Nanos[row] = nanos;
        if (instant && time.OffsetMinutes != 0) to.OffsetMinutes[row] = (short)time.OffsetMinutes;
        return ParseOutcome.Exact;
    }

    /// <summary>What <see cref="ValueText.AppendInstant"/> writes for a pattern without offset: the offset behind it.</summary>
    private static bool WithOffset(ReadOnlySpan<byte> text, TimePattern pattern, out CivilTime time)
    {
        time = default;
        var place = text[^1] is (byte)'Z' ? text.Length - 1 : text.Length - "+00:00".Length;
        if (place <= 0 || !pattern.TryParse(text[..place], out time)) return false;
        return TimeDetection.TryReadOffset(text, ref place, ref time) && place == text.Length && time.Exists;
    }

    private static ParseOutcome Bool(ReadOnlySpan<byte> text, BoolBuilder to, int row)
    {
        var outcome = BooleanText.TryParse(text, out var value);
        Bits.Put(to.Values, row, value);
        return outcome;
    }

    private static ParseOutcome Int<T>(ReadOnlySpan<byte> text, ColumnBuilder to, int row) where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T> =>
        IntText.TryParse(text, out ((FixedBuilder<T>)to).Values[row]);

    private static ParseOutcome Decimal(ReadOnlySpan<byte> text, DecimalBuilder to, int row)
    {
        var outcome = DecimalText.TryParse(text, to.Type.Precision, to.Type.Scale, out to.Values[row], out var shown);
        if (shown != to.Type.Scale) to.ShownScale[row] = shown;
        return outcome;
    }

    private static ParseOutcome Bytes(ReadOnlySpan<byte> text, TextBuilder to, BytesText style)
    {
        switch (style)
        {
            case BytesText.Raw:
                to.Append(text);
                return ParseOutcome.Exact;
            case BytesText.Base64:
                to.EnsureCapacity(to.Count + 1);
                var space = to.Space(Base64.GetMaxDecodedFromUtf8Length(text.Length));
                if (Base64.DecodeFromUtf8(text, space, out _, out var written) != System.Buffers.OperationStatus.Done) break;
                to.Ends[to.Count] = to.ByteCount + written;
                to.Advance(1, written);
                return ParseOutcome.Exact;
            default:
                if (VectorParser.TryAppendNumbers(text, to)) return ParseOutcome.Exact;
                break;
        }
        to.AppendNull();
        return ParseOutcome.Malformed;
    }
}
