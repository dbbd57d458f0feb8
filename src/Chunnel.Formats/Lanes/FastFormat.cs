using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Chunnel.Core;

namespace Chunnel.Formats;

/// <summary>Values as text, quickly. Each method writes at a pointer and returns the byte behind what it wrote; it may write 16 bytes more.</summary>
internal static unsafe class FastFormat
{
    private const ulong EightDigits = 100_000_000;
    private const double LeastFixed = 1e-3; // below it Java writes an exponent
    private const double MostFixed = 1e7;
    private const double Million = 1e6;

    /// <summary>00 to 99.</summary>
    private static ReadOnlySpan<byte> Pairs =>
        "00010203040506070809101112131415161718192021222324252627282930313233343536373839404142434445464748495051525354555657585960616263646566676869707172737475767778798081828384858687888990919293949596979899"u8;

    private static ReadOnlySpan<uint> PowersOfTen => [0, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static byte* Put(byte* to, ReadOnlySpan<byte> text)
    {
        if (!text.IsEmpty) text.CopyTo(new Span<byte>(to, text.Length));
        return to + text.Length;
    }

    /// <summary>A whole number in decimal digits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static byte* Put(byte* to, long value)
    {
        var size = (ulong)value;
        if (value < 0)
        {
            *to++ = (byte)'-';
            size = 0 - size;
        }
        return size <= uint.MaxValue ? PutUInt(to, (uint)size) : PutLarge(to, size);
    }

    /// <summary>As <see cref="JavaDouble.Format"/>; numbers of at most six places directly.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static byte* Put(byte* to, double value)
    {
        var size = Math.Abs(value);
        if (size is >= LeastFixed and < MostFixed)
        {
            // At most 13 digits that read back as this number are its shortest.
            var millionths = Math.Round(size * Million);
            if (millionths / Million == size)
            {
                if (value < 0) *to++ = (byte)'-';
                return PutMillionths(to, (ulong)millionths);
            }
        }
        return to + JavaDouble.Format(value, new Span<byte>(to, JavaDouble.MostBytes));
    }

    /// <summary>yyyy-MM-d in eight bytes and the last digit of the day behind them, for a day counted from 0001-01-01.</summary>
    public static (ulong Head, ushort Tail) DateText(int days)
    {
        var (year, month, day) = CivilDate.FromDays(days - 719_162L);
        var text = stackalloc byte[16];
        PutPair(text, year / 100);
        PutPair(text + 2, year % 100);
        text[4] = (byte)'-';
        PutPair(text + 5, month);
        text[7] = (byte)'-';
        PutPair(text + 8, day);
        return (Unsafe.ReadUnaligned<ulong>(text), Unsafe.ReadUnaligned<ushort>(text + 8));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static byte* PutDateAndTime(byte* to, (ulong Head, ushort Tail) date, byte between, int second)
    {
        var minute = second / 60;
        var hour = minute / 60;
        Unsafe.WriteUnaligned(to, date.Head);
        Unsafe.WriteUnaligned(to + 8, date.Tail);
        to[10] = between;
        PutPair(to + 11, hour);
        to[13] = (byte)':';
        PutPair(to + 14, minute - hour * 60);
        to[16] = (byte)':';
        PutPair(to + 17, second - minute * 60);
        return to + 19;
    }

    /// <summary>A point and the digits of the second that count; nothing when there are none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static byte* PutFraction(byte* to, int nanos) => nanos == 0 ? to : PutDigitsThatCount(to, nanos);

    private static byte* PutDigitsThatCount(byte* to, int nanos)
    {
        *to++ = (byte)'.';
        *to = (byte)('0' + nanos / 100_000_000);
        PutEight(to + 1, (uint)(nanos % 100_000_000));
        var end = to + 9;
        while (end[-1] == '0') end--;
        return end;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void PutPair(byte* to, int value) =>
        Unsafe.WriteUnaligned(to, Unsafe.ReadUnaligned<ushort>(ref Unsafe.Add(ref MemoryMarshal.GetReference(Pairs), value * 2)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int DigitCount(uint value)
    {
        // The number of bits tells the digits but for one.
        var guess = (BitOperations.Log2(value | 1) + 1) * 1233 >> 12;
        return guess + (value >= Unsafe.Add(ref MemoryMarshal.GetReference(PowersOfTen), guess) ? 1 : 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static byte* PutUInt(byte* to, uint value)
    {
        var digits = DigitCount(value);
        var at = to + digits;
        while (value >= 100)
        {
            var rest = value / 100;
            at -= 2;
            PutPair(at, (int)(value - rest * 100));
            value = rest;
        }
        if (value >= 10) PutPair(at - 2, (int)value);
        else at[-1] = (byte)('0' + value);
        return to + digits;
    }

    private static byte* PutLarge(byte* to, ulong value)
    {
        var high = value / EightDigits;
        to = high <= uint.MaxValue ? PutUInt(to, (uint)high) : PutLarge(to, high);
        PutEight(to, (uint)(value - high * EightDigits));
        return to + 8;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void PutEight(byte* to, uint value)
    {
        var high = value / 10_000;
        var low = value - high * 10_000;
        PutPair(to, (int)(high / 100));
        PutPair(to + 2, (int)(high % 100));
        PutPair(to + 4, (int)(low / 100));
        PutPair(to + 6, (int)(low % 100));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static byte* PutMillionths(byte* to, ulong millionths)
    {
        var whole = (uint)(millionths / 1_000_000);
        var fraction = (uint)(millionths - whole * 1_000_000UL);
        to = PutUInt(to, whole);
        *to++ = (byte)'.';
        var high = fraction / 10_000;
        var low = fraction - high * 10_000;
        PutPair(to, (int)high);
        PutPair(to + 2, (int)(low / 100));
        PutPair(to + 4, (int)(low % 100));
        if (low == 0) return to[1] == '0' ? to + 1 : to + 2;
        var end = to + 6;
        while (end[-1] == '0') end--;
        return end;
    }
}
