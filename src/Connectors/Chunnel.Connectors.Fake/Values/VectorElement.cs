using System.Buffers.Binary;
using Chunnel.Core;

namespace Chunnel.Connectors.Fake;

/// <summary>Elements of float vectors in their bytes, little-endian.</summary>
internal static class VectorElement
{
    public static int Width(TypeKind kind) => kind == TypeKind.FloatVector ? sizeof(float) : sizeof(ushort);

    public static void Write(TypeKind kind, Span<byte> to, int index, float value)
    {
        switch (kind)
        {
            case TypeKind.FloatVector: BinaryPrimitives.WriteSingleLittleEndian(to[(index * sizeof(float))..], value); break;
            case TypeKind.Float16Vector: BinaryPrimitives.WriteHalfLittleEndian(to[(index * sizeof(ushort))..], (Half)value); break;
            default: BinaryPrimitives.WriteUInt16LittleEndian(to[(index * sizeof(ushort))..], ToBFloat16(value)); break;
        }
    }

    public static float Read(TypeKind kind, ReadOnlySpan<byte> from, int index) => kind switch
    {
        TypeKind.FloatVector => BinaryPrimitives.ReadSingleLittleEndian(from[(index * sizeof(float))..]),
        TypeKind.Float16Vector => (float)BinaryPrimitives.ReadHalfLittleEndian(from[(index * sizeof(ushort))..]),
        _ => BitConverter.UInt32BitsToSingle((uint)BinaryPrimitives.ReadUInt16LittleEndian(from[(index * sizeof(ushort))..]) << 16),
    };

    /// <summary>The upper half of an IEEE 32 number, rounded to the nearest, ties to even.</summary>
    private static ushort ToBFloat16(float value)
    {
        var bits = BitConverter.SingleToUInt32Bits(value);
        return float.IsNaN(value) ? (ushort)0x7FC0 : (ushort)((bits + 0x7FFF + (bits >> 16 & 1)) >> 16);
    }
}
