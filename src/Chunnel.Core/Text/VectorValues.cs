using System.Buffers.Binary;

namespace Chunnel.Core;

/// <summary>The numbers inside a vector's bytes (see <see cref="VectorType"/>).</summary>
public static class VectorValues
{
    /// <summary>Bytes of one entry of a sparse vector: index and value.</summary>
    public const int SparseEntryBytes = 8;

    /// <summary>Bytes of one element; 1 for a binary vector's byte.</summary>
    public static int ElementBytes(TypeKind kind) => kind switch
    {
        TypeKind.FloatVector => 4,
        TypeKind.Float16Vector or TypeKind.BFloat16Vector => 2,
        TypeKind.SparseFloatVector => SparseEntryBytes,
        _ => 1,
    };

    /// <summary>The width that <see cref="Read"/> and <see cref="Write"/> want for the elements of a dense kind.</summary>
    public static int WidthOf(TypeKind kind) => kind switch
    {
        TypeKind.Float16Vector => 2,
        TypeKind.BFloat16Vector => -2,
        _ => sizeof(float),
    };

    /// <summary>One little-endian number: width 4 is IEEE 32, 2 is IEEE 16, -2 is the upper half of IEEE 32.</summary>
    public static float Read(ReadOnlySpan<byte> bytes, int width) => width switch
    {
        2 => (float)BinaryPrimitives.ReadHalfLittleEndian(bytes),
        -2 => BitConverter.UInt32BitsToSingle((uint)BinaryPrimitives.ReadUInt16LittleEndian(bytes) << 16),
        _ => BinaryPrimitives.ReadSingleLittleEndian(bytes),
    };

    /// <summary>Writes one number in the width of <see cref="Read"/>; rounds to even where the width is smaller.</summary>
    public static void Write(Span<byte> bytes, float value, int width)
    {
        switch (width)
        {
            case 2: BinaryPrimitives.WriteHalfLittleEndian(bytes, (Half)value); break;
            case -2: BinaryPrimitives.WriteUInt16LittleEndian(bytes, UpperHalf(value)); break;
            default: BinaryPrimitives.WriteSingleLittleEndian(bytes, value); break;
        }
    }

    private static ushort UpperHalf(float value)
    {
        var bits = BitConverter.SingleToUInt32Bits(value);
        if (float.IsNaN(value)) return (ushort)(bits >> 16 | 0x40);
        return (ushort)((bits + 0x7FFF + (bits >> 16 & 1)) >> 16);
    }
}
