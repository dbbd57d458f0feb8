using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Chunnel.Core;

namespace Chunnel.Connectors.Jdbc;

/// <summary>Values of a fixed width: a wire value of the same size, turned round and changed by <typeparamref name="TOf"/>.</summary>
internal sealed unsafe class PgFixedDecoder<TWire, T, TOf> : PgDecoder
    where TWire : unmanaged
    where T : unmanaged
    where TOf : struct, IPgFixed<TWire, T>
{
    public override void Decode(FieldColumn fields, byte* data, ColumnBuilder to, int at, in PgPlace place)
    {
        var values = ((FixedBuilder<T>)to).Values;
        for (var i = 0; i < fields.Rows; i++)
        {
            var field = fields[i];
            if (field.Length != sizeof(TWire))
            {
                if (!field.IsMissing) WrongLength(field.Length, sizeof(TWire), place);
                values[at + i] = default;
                to.SetNull(at + i);
                continue;
            }
            values[at + i] = TOf.Of(Unsafe.ReadUnaligned<TWire>(data + field.Start));
        }
    }
}

/// <summary>What becomes of a wire value.</summary>
internal interface IPgFixed<TWire, T>
{
    static abstract T Of(TWire wire);
}

/// <summary>The fixed-width types.</summary>
internal static class PgFixed
{
    /// <summary>PostgreSQL's days and microseconds count from 2000-01-01.</summary>
    public const int DaysTo2000 = 10_957;
    public const long MicrosTo2000 = DaysTo2000 * 86_400_000_000L;

    public const int NanosPerMicro = 1000;

    internal struct Int16 : IPgFixed<short, short>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static short Of(short wire) => BinaryPrimitives.ReverseEndianness(wire);
    }

    internal struct Int32 : IPgFixed<int, int>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static int Of(int wire) => BinaryPrimitives.ReverseEndianness(wire);
    }

    internal struct Int64 : IPgFixed<long, long>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static long Of(long wire) => BinaryPrimitives.ReverseEndianness(wire);
    }

    internal struct Float : IPgFixed<int, float>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static float Of(int wire) => BitConverter.Int32BitsToSingle(BinaryPrimitives.ReverseEndianness(wire));
    }

    internal struct Double : IPgFixed<long, double>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static double Of(long wire) => BitConverter.Int64BitsToDouble(BinaryPrimitives.ReverseEndianness(wire));
    }

    /// <summary>The infinities stay the ends of the range.</summary>
    internal struct Date : IPgFixed<int, int>
    {
        public static int Of(int wire)
        {
            var days = BinaryPrimitives.ReverseEndianness(wire);
            return days is int.MaxValue or int.MinValue ? days : days + DaysTo2000;
        }
    }

    internal struct Time : IPgFixed<long, long>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static long Of(long wire) => BinaryPrimitives.ReverseEndianness(wire) * NanosPerMicro;
    }
}
