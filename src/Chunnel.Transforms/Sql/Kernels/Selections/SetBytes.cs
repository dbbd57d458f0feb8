using System.Runtime.Intrinsics;

namespace Chunnel.Transforms.Sql.Kernels.Selections;

/// <summary>From bits to bytes.</summary>
internal static class SetBytes
{
    /// <summary>Writes a value over those of 32 bytes whose bit is set.</summary>
    public static void Where(uint bits, byte value, Span<byte> bytes)
    {
        // Each byte gets the eight bits that its own is among, and looks at its own.
        var spread = Vector256.Shuffle(Vector256.Create(bits).AsByte(), Vector256.Create(
            (byte)0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 18, 18, 18, 18, 18, 18, 18, 18, 19, 19, 19, 19, 19, 19, 19, 19));
        var own = Vector256.Create(0x8040_2010_0804_0201UL).AsByte();
        var taken = Vector256.Equals(spread & own, own);
        Vector256.ConditionalSelect(taken, Vector256.Create(value), Vector256.Create<byte>(bytes[..32])).CopyTo(bytes);
    }
}
