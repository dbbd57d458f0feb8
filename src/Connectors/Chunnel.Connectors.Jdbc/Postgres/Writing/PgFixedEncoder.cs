using System.Numerics;
using System.Runtime.CompilerServices;
using Chunnel.Core;

namespace Chunnel.Connectors.Jdbc;

/// <summary>What becomes of a value on the wire, and the range that the wire holds.</summary>
internal interface IPgWire<T, TWire> where TWire : unmanaged
{
    /// <summary>The wire value, turned round; false when it has no place.</summary>
    static abstract bool TryOf(T value, out TWire wire);

    /// <summary>The nearest value that has one.</summary>
    static abstract TWire Nearest(T value);
}

/// <summary>Values of a fixed width on both sides.</summary>
internal sealed unsafe class PgFixedEncoder<T, TWire, TOf>(Strictness strictness, string target) : PgEncoder
    where T : unmanaged
    where TWire : unmanaged
    where TOf : struct, IPgWire<T, TWire>
{
    public override void Encode(Column column, in PgRows rows, TextLane lane, in PgPlace place)
    {
        var values = ((FixedColumn<T>)column).Values;
        var validity = column.Validity;
        lane.Begin(rows.Count, rows.Count * (HeadBytes + sizeof(TWire)));
        var start = lane.Bytes;
        var ends = lane.Ends;
        var to = start;
        for (var i = 0; i < rows.Count; i++)
        {
            var row = rows[i];
            if (validity.IsEmpty || Bits.Get(validity, row))
            {
                if (TOf.TryOf(values[row], out var wire) || MayReplace(values[row], row, place, ref wire))
                {
                    Put(to, sizeof(TWire));
                    Unsafe.WriteUnaligned(to + HeadBytes, wire);
                    to += HeadBytes + sizeof(TWire);
                    ends[i + 1] = (int)(to - start);
                    continue;
                }
            }
            Unsafe.WriteUnaligned(to, NullHead);
            to += HeadBytes;
            ends[i + 1] = (int)(to - start);
        }
    }

    private bool MayReplace(T value, int row, in PgPlace place, ref TWire wire)
    {
        if (strictness.OutOfRange == OutOfRange.Fail) throw place.Wrong($"{value} has no place in {target}", "Widen the column, or set out_of_range = \"clamp\" or \"null\".", row);
        strictness.Changed++;
        if (strictness.OutOfRange == OutOfRange.Null) return false;
        wire = TOf.Nearest(value);
        return true;
    }
}

/// <summary>The fixed-width types on the wire.</summary>
internal static class PgWire
{
    /// <summary>4713-01-01 before our era, and the last day of 5874897: what a date may be.</summary>
    private const int LeastDays = -2_451_545;
    private const int MostDays = 2_145_031_948;

    /// <summary>Whole numbers into whole numbers.</summary>
    internal struct Whole<T, TWire> : IPgWire<T, TWire>
        where T : unmanaged, IBinaryInteger<T>
        where TWire : unmanaged, IBinaryInteger<TWire>, IMinMaxValue<TWire>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static bool TryOf(T value, out TWire wire)
        {
            var same = TWire.CreateTruncating(value);
            wire = Turned(same);
            return Unsafe.SizeOf<T>() <= Unsafe.SizeOf<TWire>() || T.CreateTruncating(same) == value;
        }

        public static TWire Nearest(T value) => Turned(T.IsNegative(value) ? TWire.MinValue : TWire.MaxValue);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static TWire Turned(TWire value)
        {
            if (typeof(TWire) == typeof(short)) return TWire.CreateTruncating(System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(short.CreateTruncating(value)));
            if (typeof(TWire) == typeof(int)) return TWire.CreateTruncating(System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(int.CreateTruncating(value)));
            return TWire.CreateTruncating(System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(long.CreateTruncating(value)));
        }
    }

    /// <summary>float4 as it is.</summary>
    internal struct Float : IPgWire<float, int>
    {
        public static bool TryOf(float value, out int wire)
        {
            wire = System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(BitConverter.SingleToInt32Bits(value));
            return true;
        }

        public static int Nearest(float value) => 0;
    }

    /// <summary>float8 as it is.</summary>
    internal struct Double : IPgWire<double, long>
    {
        public static bool TryOf(double value, out long wire)
        {
            wire = System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(BitConverter.DoubleToInt64Bits(value));
            return true;
        }

        public static long Nearest(double value) => 0;
    }

    /// <summary>float4 into float8, as the server converts it.</summary>
    internal struct FloatAsDouble : IPgWire<float, long>
    {
        public static bool TryOf(float value, out long wire) => Double.TryOf(value, out wire);

        public static long Nearest(float value) => 0;
    }

    /// <summary>float8 into float4: what is beyond its range has no place.</summary>
    internal struct DoubleAsFloat : IPgWire<double, int>
    {
        public static bool TryOf(double value, out int wire)
        {
            var narrow = (float)value;
            Float.TryOf(narrow, out wire);
            return float.IsFinite(narrow) || !double.IsFinite(value);
        }

        public static int Nearest(double value)
        {
            Float.TryOf(value < 0 ? float.MinValue : float.MaxValue, out var wire);
            return wire;
        }
    }

    /// <summary>Dates: days since 2000; the infinities stay the ends of the range.</summary>
    internal struct Date : IPgWire<int, int>
    {
        public static bool TryOf(int value, out int wire)
        {
            var infinite = value is int.MaxValue or int.MinValue;
            long days = infinite ? value : (long)value - PgFixed.DaysTo2000;
            wire = System.Buffers.Binary.BinaryPrimitives.ReverseEndianness((int)days);
            return infinite || days is >= LeastDays and <= MostDays;
        }

        public static int Nearest(int value) => System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(value < 0 ? LeastDays : MostDays);
    }
}
