using System.Runtime.CompilerServices;

namespace Chunnel.Formats;

/// <summary>Eight bytes of text at a time within a 64-bit word. Little-endian: the first byte is the lowest. Reads up to 8 bytes behind the text.</summary>
internal static unsafe class Swar
{
    public const ulong Zeros = 0x3030303030303030;

    /// <summary>The largest number of digits that always fits a long.</summary>
    public const int MostLongDigits = 18;

    private const ulong HighNibbles = 0xF0F0F0F0F0F0F0F0;
    private const ulong EightDigits = 100_000_000;

    /// <summary>True when all eight bytes are digits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AreDigits(ulong chunk) =>
        ((chunk & HighNibbles) | ((chunk + 0x0606060606060606 & HighNibbles) >> 4)) == 0x3333333333333333;

    /// <summary>The number that eight digits make (the multiplications of Lemire's "parsing series of integers with SIMD").</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Number(ulong chunk)
    {
        const ulong mask = 0x000000FF000000FF;
        chunk -= Zeros;
        chunk = chunk * 10 + (chunk >> 8);
        return ((chunk & mask) * 0x000F424000000064 + (chunk >> 16 & mask) * 0x0000271000000001) >> 32;
    }

    /// <summary>One to eight bytes at the high end of a word, with the digit 0 before them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Load(byte* text, int length)
    {
        var bits = length * 8;
        return Unsafe.ReadUnaligned<ulong>(text) << (64 - bits) | Zeros >> (bits >> 1) >> (bits - (bits >> 1));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Load8(byte* text) => Unsafe.ReadUnaligned<ulong>(text);

    /// <summary>Reads 1 to 18 digits and nothing else.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryDigits(byte* text, int length, out long value)
    {
        if (length <= 8)
        {
            if (length <= 0)
            {
                value = 0;
                return false;
            }
            var chunk = Load(text, length);
            value = (long)Number(chunk);
            return AreDigits(chunk);
        }
        return TryManyDigits(text, length, out value);
    }

    private static bool TryManyDigits(byte* text, int length, out long value)
    {
        value = 0;
        if (length > MostLongDigits) return false;
        var low = Load8(text + length - 8);
        if (length <= 16)
        {
            var high = Load(text, length - 8);
            value = (long)(Number(high) * EightDigits + Number(low));
            return AreDigits(high) && AreDigits(low);
        }
        var middle = Load8(text + length - 16);
        var top = Load(text, length - 16);
        value = (long)((Number(top) * EightDigits + Number(middle)) * EightDigits + Number(low));
        return AreDigits(top) && AreDigits(middle) && AreDigits(low);
    }
}
