using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Chunnel.Core;

namespace Chunnel.Connectors.Jdbc;

/// <summary>Decimals and whole numbers as numeric: digits of base 10,000, the weight of the first, a sign, the digits to show.</summary>
/// <param name="strictness">What becomes of digits that the column does not keep.</param>
/// <param name="precision">Digits that the column has; 0 when it does not say.</param>
/// <param name="scale">Those of them behind the point.</param>
internal sealed unsafe class PgNumericEncoder(Strictness strictness, int precision, int scale) : PgEncoder
{
    private const int NumericHead = 8;
    private const int Base = 10_000;
    private const int BaseDigits = 4;
    private const ushort Negative = 0x4000;

    /// <summary>38 digits, a part of a group at either end.</summary>
    private const int MostGroups = 12;
    private const int MostBytes = HeadBytes + NumericHead + MostGroups * sizeof(ushort);

    public override void Encode(Column column, in PgRows rows, TextLane lane, in PgPlace place)
    {
        lane.Begin(rows.Count, rows.Count * MostBytes);
        var start = lane.Bytes;
        var ends = lane.Ends;
        var to = start;
        var decimals = column as DecimalColumn;
        var from = decimals?.Type.Scale ?? 0;
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
                var value = decimals is null ? Whole(column, row) : decimals.Values[row];
                var shown = decimals is null || decimals.ShownScale.IsEmpty ? from : Math.Max((int)decimals.ShownScale[row], 0);
                if (precision > 0 && !TryFit(ref value, ref shown, from, row, place))
                {
                    Unsafe.WriteUnaligned(to, NullHead);
                    to += HeadBytes;
                }
                else
                {
                    var bytes = Write(value, precision > 0 ? Math.Min(from, scale) : from, shown, to + HeadBytes);
                    Put(to, bytes);
                    to += HeadBytes + bytes;
                }
            }
            ends[i + 1] = (int)(to - start);
        }
    }

    private static Int128 Whole(Column column, int row) => column switch
    {
        FixedColumn<long> c => c.Values[row],
        FixedColumn<int> c => c.Values[row],
        FixedColumn<short> c => c.Values[row],
        FixedColumn<sbyte> c => c.Values[row],
        _ => throw new ArgumentException($"No numeric is made of {column.Type}.", nameof(column)),
    };

    /// <summary>Brings a value to the column's digits; false for null.</summary>
    private bool TryFit(ref Int128 value, ref int shown, int from, int row, in PgPlace place)
    {
        var original = value;
        if (from > scale)
        {
            var unit = PgPowers.Of(from - scale);
            var (whole, rest) = (value / unit, value % unit);
            if (rest != 0)
            {
                if (strictness.PrecisionLoss == PrecisionLoss.Fail)
                    throw place.Wrong($"{DecimalText.ToText(original, from)} has more digits behind the point than the {scale} that the column keeps", "Widen the column, or set precision_loss = \"warn\".", row);
                strictness.Rounded++;
                if (Int128.Abs(rest) >= unit - Int128.Abs(rest)) whole += Int128.Sign(value);
            }
            value = whole;
            shown = Math.Min(shown, scale);
        }
        // The column's digits before the point are what counts: the value may stand at a smaller scale.
        var limit = precision - scale + Math.Min(from, scale);
        if (limit > DecimalType.MaxPrecision || Int128.Abs(value) < PgPowers.Of(Math.Max(limit, 0))) return true;
        if (strictness.OutOfRange == OutOfRange.Fail)
            throw place.Wrong($"{DecimalText.ToText(original, from)} has no place in numeric({precision},{scale})", "Widen the column, or set out_of_range = \"clamp\" or \"null\".", row);
        strictness.Changed++;
        value = (PgPowers.Of(Math.Max(limit, 0)) - 1) * Int128.Sign(value);
        return strictness.OutOfRange == OutOfRange.Clamp;
    }

    /// <summary>Writes head and digits; answers their bytes.</summary>
    private static int Write(Int128 value, int from, int shown, byte* to)
    {
        var negative = value < 0;
        var size = negative ? (UInt128)(-value) : (UInt128)value;
        // A digit that is not zero is always shown.
        while (shown < from && size % (UInt128)PgPowers.Of(from - shown) != 0) shown++;
        // The point stands between two groups: the part behind it is filled up to whole groups.
        var fill = (BaseDigits - from % BaseDigits) % BaseDigits;
        var behind = (from + fill) / BaseDigits;
        var groups = stackalloc ushort[MostGroups];
        var count = 0;
        if (fill > 0)
        {
            var unit = Power(BaseDigits - fill);
            groups[count++] = (ushort)((uint)(size % unit) * Power(fill));
            size /= unit;
        }
        while (size > ulong.MaxValue)
        {
            var rest = size / Base;
            groups[count++] = (ushort)(uint)(size - rest * Base);
            size = rest;
        }
        for (var small = (ulong)size; small != 0; small /= Base) groups[count++] = (ushort)(small % Base);
        // Least group first until here. Zeros at either end are not sent.
        var weight = count - 1 - behind;
        while (count > 0 && groups[count - 1] == 0)
        {
            count--;
            weight--;
        }
        var first = 0;
        while (first < count && groups[first] == 0) first++;
        var sent = count - first;
        PutShort(to, (ushort)sent);
        PutShort(to + 2, (ushort)(sent == 0 ? 0 : (short)weight));
        PutShort(to + 4, negative && sent > 0 ? Negative : (ushort)0);
        PutShort(to + 6, (ushort)shown);
        for (var i = 0; i < sent; i++) PutShort(to + NumericHead + i * sizeof(ushort), groups[count - 1 - i]);
        return NumericHead + sent * sizeof(ushort);
    }

    private static uint Power(int exponent) => exponent switch { 0 => 1, 1 => 10, 2 => 100, _ => 1000 };

    private static void PutShort(byte* to, ushort value) => Unsafe.WriteUnaligned(to, BinaryPrimitives.ReverseEndianness(value));
}
