using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Chunnel.Core;

namespace Chunnel.Connectors.Jdbc;

/// <summary>Numerics: digits of base 10,000 with the weight of the first, a sign, and the digits to show behind the point.</summary>
internal sealed unsafe class PgNumericDecoder(Looseness looseness) : PgDecoder
{
    private const int HeadBytes = 8;
    private const int Base = 10_000;
    private const int BaseDigits = 4;
    private const ushort Negative = 0x4000;
    private const ushort NotANumber = 0xC000;
    private const ushort PositiveInfinity = 0xD000;
    private const ushort NegativeInfinity = 0xF000;

    /// <summary>So many digits of base 10,000 always fit 64 bits, with two places to spare.</summary>
    private const int FewDigits = 4;

    private const int MostFastPlaces = 2;

    /// <summary>Moved up by so many places they still fit 38 digits.</summary>
    private const int MostSafePlaces = 22;

    private readonly ByteWriter _text = new(capacity: 256);

    public override void Decode(FieldColumn fields, byte* data, ColumnBuilder to, int at, in PgPlace place)
    {
        var builder = (DecimalBuilder)to;
        var scale = builder.Type.Scale;
        var limit = PgPowers.Of(builder.Type.Precision);
        var values = builder.Values;
        for (var i = 0; i < fields.Rows; i++)
        {
            var field = fields[i];
            if (field.IsMissing)
            {
                values[at + i] = 0;
                to.SetNull(at + i);
                continue;
            }
            var wire = data + field.Start;
            if (field.Length < HeadBytes) WrongLength(field.Length, HeadBytes, place);
            var count = UShort(wire);
            var sign = UShort(wire + 4);
            var shown = UShort(wire + 6);
            if (field.Length != HeadBytes + count * sizeof(ushort)) WrongLength(field.Length, HeadBytes + count * sizeof(ushort), place);
            Int128 value;
            if (count > FewDigits || sign > Negative || !TryFew(wire, count, scale, out value) || value >= limit)
            {
                if (!TryAny(wire, count, sign, builder.Type, i, place, out value, out var isNull))
                {
                    values[at + i] = 0;
                    if (isNull) to.SetNull(at + i);
                    continue;
                }
            }
            else if (sign == Negative)
            {
                value = -value;
            }
            values[at + i] = value;
            if (shown != scale) builder.ShownScale[at + i] = (sbyte)Math.Min(shown, scale);
        }
    }

    /// <summary>Short numbers: what most are.</summary>
    private static bool TryFew(byte* wire, int count, int scale, out Int128 value)
    {
        var weight = (short)UShort(wire + 2);
        ulong digits = 0;
        for (var i = 0; i < count; i++) digits = digits * Base + UShort(wire + HeadBytes + i * sizeof(ushort));
        value = 0;
        if (digits == 0) return true;
        var up = BaseDigits * (weight - count + 1) + scale;
        switch (up)
        {
            case 0:
                value = digits;
                return true;
            case > 0 and <= MostFastPlaces:
                value = digits * Powers[up];
                return true;
            case > MostFastPlaces and <= DecimalType.MaxPrecision:
                var power = PgPowers.Of(up);
                if (up > MostSafePlaces && digits > (UInt128)(PgPowers.Of(DecimalType.MaxPrecision) / power)) return false;
                value = (Int128)digits * power;
                return true;
            case < 0 and > -BaseDigits:
                var (whole, rest) = Math.DivRem(digits, Powers[-up]);
                value = whole;
                return rest == 0;
            default:
                return false;
        }
    }

    private static ReadOnlySpan<ulong> Powers => [1, 10, 100, 1000, 10_000];

    /// <summary>All others, by way of their text.</summary>
    private bool TryAny(byte* wire, int count, ushort sign, DecimalType type, int index, in PgPlace place, out Int128 value, out bool isNull)
    {
        isNull = false;
        value = 0;
        if (sign is NotANumber or PositiveInfinity or NegativeInfinity)
        {
            var name = sign switch { NotANumber => "NaN", PositiveInfinity => "Infinity", _ => "-Infinity" };
            return NoPlace(name, negative: sign == NegativeInfinity, clampable: sign != NotANumber, type, index, place, ref value, ref isNull);
        }
        // A numeric has up to 131,072 digits before the point and 16,383 behind it.
        var weight = (short)UShort(wire + 2);
        var text = _text;
        text.Clear();
        if (sign == Negative) text.Append((byte)'-');
        for (var i = 0; i < count; i++)
        {
            var digit = UShort(wire + HeadBytes + i * sizeof(ushort));
            digit.TryFormat(text.Space(BaseDigits), out var written, "D4");
            text.Advance(written);
        }
        if (count == 0) text.Append((byte)'0');
        text.Append((byte)'E');
        text.Append(BaseDigits * (weight - count + 1));
        var outcome = DecimalText.TryParse(text.Written, type.Precision, type.Scale, out value, out _);
        if (outcome == ParseOutcome.Exact) return true;
        if (outcome == ParseOutcome.Rounded)
        {
            if (looseness.PrecisionLoss == PrecisionLoss.Fail)
                throw place.Wrong($"{TextOf(wire, count, sign)} has more than the {type.Scale} digits behind the point that {type} keeps", "Cast the column in a query to a numeric of fewer digits or to text, or set precision_loss = \"warn\".", index);
            looseness.Rounded++;
            return true;
        }
        return NoPlace(TextOf(wire, count, sign), sign == Negative, clampable: true, type, index, place, ref value, ref isNull);
    }

    private bool NoPlace(string shown, bool negative, bool clampable, DecimalType type, int index, in PgPlace place, ref Int128 value, ref bool isNull)
    {
        if (looseness.OutOfRange == OutOfRange.Fail)
        {
            throw place.Wrong($"{shown} has no place in {type}", clampable
                ? $"Cast the column in a query, as in numeric(38, 6) or text, or set out_of_range = \"clamp\" or \"null\"."
                : "Set out_of_range = \"null\", or leave such rows out with where_condition.", index);
        }
        isNull = looseness.OutOfRange == OutOfRange.Null || !clampable;
        if (isNull) return false;
        value = PgPowers.Of(type.Precision) - 1;
        if (negative) value = -value;
        return true;
    }

    private static string TextOf(byte* wire, int count, ushort sign)
    {
        const int mostDigits = 60;
        var weight = (short)UShort(wire + 2);
        var text = new System.Text.StringBuilder(sign == Negative ? "-" : "");
        for (var i = weight < 0 ? weight : 0; i <= Math.Max(weight, count - 1) && text.Length < mostDigits; i++)
        {
            var digit = i >= 0 && i < count ? UShort(wire + HeadBytes + i * sizeof(ushort)) : 0;
            text.Append(digit.ToString(text.Length == 0 ? "0" : "D4", System.Globalization.CultureInfo.InvariantCulture));
            if (i == weight && i < count - 1) text.Append('.');
        }
        return text.ToString();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ushort UShort(byte* at) => BinaryPrimitives.ReverseEndianness(Unsafe.ReadUnaligned<ushort>(at));
}
