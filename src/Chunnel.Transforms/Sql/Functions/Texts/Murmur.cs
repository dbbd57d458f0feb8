using System.Buffers.Binary;
using System.Numerics;
using Chunnel.Core;
using Chunnel.Transforms.Sql.Kernels.Selections;
using Chunnel.Transforms.Sql.Operations.Rows;
using Chunnel.Transforms.Sql.Programs;

namespace Chunnel.Transforms.Sql.Functions.Texts;

/// <summary>The first 64 bits of MurmurHash3 (128 bits, for x64, seed 0) of a text's UTF-8 bytes.</summary>
internal sealed class Murmur(Emission made) : FixedRows<long>(made)
{
    private const ulong First = 0x87C37B91114253D5;
    private const ulong Second = 0x4CF5AD432745937F;
    private const int BlockBytes = 16;

    protected override void Fill(Frame frame, ReadOnlySpan<ulong> rows, Span<long> to)
    {
        var texts = (TextColumn)Made.Operands[0].Of(frame);
        foreach (var row in new SetBits(rows)) to[row] = HashOf(texts[row]);
    }

    private static long HashOf(ReadOnlySpan<byte> bytes)
    {
        var length = (ulong)bytes.Length;
        ulong a = 0, b = 0;
        for (; bytes.Length >= BlockBytes; bytes = bytes[BlockBytes..])
        {
            a ^= MixFirst(BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            a = (BitOperations.RotateLeft(a, 27) + b) * 5 + 0x52DCE729;
            b ^= MixSecond(BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]));
            b = (BitOperations.RotateLeft(b, 31) + a) * 5 + 0x38495AB5;
        }
        if (!bytes.IsEmpty)
        {
            Span<byte> rest = stackalloc byte[BlockBytes];
            rest.Clear();
            bytes.CopyTo(rest);
            b ^= MixSecond(BinaryPrimitives.ReadUInt64LittleEndian(rest[8..]));
            a ^= MixFirst(BinaryPrimitives.ReadUInt64LittleEndian(rest));
        }
        a ^= length;
        b ^= length;
        a += b;
        b += a;
        return (long)(Spread(a) + Spread(b));
    }

    private static ulong MixFirst(ulong block) => BitOperations.RotateLeft(block * First, 31) * Second;

    private static ulong MixSecond(ulong block) => BitOperations.RotateLeft(block * Second, 33) * First;

    private static ulong Spread(ulong value)
    {
        value = (value ^ value >> 33) * 0xFF51AFD7ED558CCD;
        value = (value ^ value >> 33) * 0xC4CEB9FE1A85EC53;
        return value ^ value >> 33;
    }
}
