using System.Buffers.Binary;

namespace Chunnel.Formats;

/// <summary>
/// Writes blocks of LZO1X in one greedy pass: the last place of every four bytes is remembered, and what is found again is written as a copy.
/// Any LZO1X reader takes the result; it is about as large as what <c>lzop -1</c> makes.
/// </summary>
internal sealed class Lzo1xEncoder
{
    private const int HashBits = 14;
    private const int LeastMatch = 4;
    private const int NearDistance = 2048;
    private const int MiddleDistance = 0x4000;
    private const int FarDistance = 0xBFFF;

    private readonly int[] _places = new int[1 << HashBits];

    /// <summary>The most bytes that a block of so many plain bytes can take.</summary>
    public static int MostBytes(int plain) => plain + (plain / 64) + 32;

    /// <summary>The number of bytes written to <paramref name="to"/>, which has room for <see cref="MostBytes"/>.</summary>
    public int Compress(ReadOnlySpan<byte> from, Span<byte> to)
    {
        Array.Clear(_places);
        var at = 0;
        var pending = 0; // literals from here on are not written yet
        var written = 0;
        while (at + LeastMatch <= from.Length)
        {
            ref var place = ref _places[Hash(from[at..])];
            var candidate = place;
            place = at;
            var distance = at - candidate;
            if (distance is 0 or > FarDistance || !from.Slice(candidate, LeastMatch).SequenceEqual(from.Slice(at, LeastMatch)))
            {
                // Data that does not repeat is passed over in growing steps.
                at += 1 + ((at - pending) >> 6);
                continue;
            }
            var length = LeastMatch + from[(candidate + LeastMatch)..].CommonPrefixLength(from[(at + LeastMatch)..]);
            written = WriteLiterals(from[pending..at], to, written);
            written = WriteMatch(distance, length, to, written);
            at += length;
            pending = at;
        }
        written = WriteLiterals(from[pending..], to, written);
        ReadOnlySpan<byte> end = [0x11, 0, 0];
        end.CopyTo(to[written..]);
        return written + end.Length;
    }

    private static int Hash(ReadOnlySpan<byte> at) => (int)((BinaryPrimitives.ReadUInt32LittleEndian(at) * 2654435761u) >> (32 - HashBits));

    private static int WriteLiterals(ReadOnlySpan<byte> literals, Span<byte> to, int written)
    {
        if (literals.IsEmpty) return written;
        if (literals.Length >= LeastMatch) written = WriteLength(0, literals.Length - 3, 15, to, written);
        else if (written == 0) to[written++] = (byte)(17 + literals.Length);
        else to[written - 2] |= (byte)literals.Length; // up to three stand with the copy before them
        literals.CopyTo(to[written..]);
        return written + literals.Length;
    }

    /// <summary>The copy's last two bytes are such that the number of literals behind it goes into the lower bits of the first.</summary>
    private static int WriteMatch(int distance, int length, Span<byte> to, int written)
    {
        if (distance <= NearDistance && length <= 8)
        {
            to[written] = (byte)(((length - 1) << 5) | (((distance - 1) & 7) << 2));
            to[written + 1] = (byte)((distance - 1) >> 3);
            return written + 2;
        }
        if (distance <= MiddleDistance)
        {
            written = WriteLength(32, length - 2, 31, to, written);
            distance -= 1;
        }
        else
        {
            distance -= MiddleDistance;
            written = WriteLength(16 | ((distance >> 11) & 8), length - 2, 7, to, written);
        }
        BinaryPrimitives.WriteUInt16LittleEndian(to[written..], (ushort)(distance << 2));
        return written + 2;
    }

    private static int WriteLength(int code, int length, int most, Span<byte> to, int written)
    {
        if (length <= most)
        {
            to[written++] = (byte)(code | length);
            return written;
        }
        to[written++] = (byte)code;
        length -= most;
        while (length > 255)
        {
            to[written++] = 0;
            length -= 255;
        }
        to[written++] = (byte)length;
        return written;
    }
}
