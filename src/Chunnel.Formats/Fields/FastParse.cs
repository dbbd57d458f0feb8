using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Chunnel.Core;

namespace Chunnel.Formats;

/// <summary>
/// The usual forms of values, quickly. False means only that the form is not the usual one: <see cref="ValueParser"/> then decides. Text is
/// given by its first byte; 16 readable bytes must follow it.
/// </summary>
internal static unsafe class FastParse
{
    private const int MostExactDigits = 15; // below 2^53
    private const int MostExactFloatDigits = 7; // below 2^24

    /// <summary>Powers of ten that a double holds exactly.</summary>
    private static readonly double[] DoublePowers = [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

    private static readonly long[] Powers =
    [
        1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000, 10_000_000_000, 100_000_000_000,
        1_000_000_000_000, 10_000_000_000_000, 100_000_000_000_000, 1_000_000_000_000_000, 10_000_000_000_000_000, 100_000_000_000_000_000,
        1_000_000_000_000_000_000,
    ];

    /// <summary>Days before each month of a year that is no leap year, by month - 1.</summary>
    private static ReadOnlySpan<ushort> DaysBeforeMonth => [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];

    private static ReadOnlySpan<byte> DaysOfMonth => [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryLong(byte* text, int length, out long value)
    {
        if (*text != '-') return Swar.TryDigits(text, length, out value);
        var read = Swar.TryDigits(text + 1, length - 1, out value);
        value = -value;
        return read;
    }

    /// <summary>Digits with at most one point among them. One division of two exact numbers is the nearest double.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryDouble(byte* text, int length, out double value)
    {
        var read = TryFixed(text, length, MostExactDigits, out var mantissa, out var places, out var negative);
        value = mantissa / DoublePowers[places];
        if (negative) value = -value;
        return read;
    }

    public static bool TryFloat(byte* text, int length, out float value)
    {
        var read = TryFixed(text, length, MostExactFloatDigits, out var mantissa, out var places, out var negative);
        value = mantissa / (float)DoublePowers[places];
        if (negative) value = -value;
        return read;
    }

    /// <summary>An unscaled decimal; the places that the text has may be fewer than the scale.</summary>
    public static bool TryDecimal(byte* text, int length, int precision, int scale, out long unscaled, out int places)
    {
        unscaled = 0;
        if (!TryFixed(text, length, Swar.MostLongDigits, out var mantissa, out places, out var negative) || places > scale) return false;
        var up = scale - places;
        if (up >= Powers.Length || mantissa > long.MaxValue / Powers[up]) return false;
        unscaled = mantissa * Powers[up];
        if (precision < Powers.Length && unscaled >= Powers[precision]) return false;
        if (negative) unscaled = -unscaled;
        return true;
    }

    /// <summary><c>yyyy-MM-dd</c>.</summary>
    public static bool TryDate(byte* text, int length, out int days)
    {
        days = 0;
        if (length != 10) return false;
        var head = Swar.Load8(text) ^ YearMonthMarks;
        if ((head & YearMonthPlaces) != (Swar.Zeros & YearMonthPlaces) || !Swar.AreDigits(head)) return false;
        var day = (text[8] - '0') * 10 + (text[9] - '0');
        if ((uint)(text[8] - '0') > 9 || (uint)(text[9] - '0') > 9) return false;
        return TryDays(Pairs(head), day, out days);
    }

    /// <summary><c>yyyy-MM-dd HH:mm:ss</c>, a T instead of the blank, and up to nine digits of the second's fraction.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryTimestamp(byte* text, int length, out long micros, out short nanos)
    {
        nanos = 0;
        micros = 0;
        if (length < 19) return false;
        var head = Swar.Load8(text) ^ YearMonthMarks;
        var tail = Swar.Load8(text + 8);
        tail ^= (byte)(tail >> 16) == 'T' ? IsoTimeMarks : BlankTimeMarks;
        var last = Unsafe.ReadUnaligned<uint>(text + 15); // the second digit of the minute, a colon, the seconds
        if ((head & YearMonthPlaces) != (Swar.Zeros & YearMonthPlaces) || (tail & TimePlaces) != (Swar.Zeros & TimePlaces)) return false;
        if (!Swar.AreDigits(head) || !Swar.AreDigits(tail) || (byte)(last >> 8) != ':') return false;
        var tens = (int)(byte)(last >> 16) - '0';
        var ones = (int)(byte)(last >> 24) - '0';
        if ((uint)tens > 5 || (uint)ones > 9) return false;
        var clock = Pairs(tail);
        var hour = (int)(byte)(clock >> 24);
        var minute = (int)(byte)(clock >> 48);
        if (hour > 23 || minute > 59 || !TryDays(Pairs(head), (byte)clock, out var days)) return false;
        micros = (((days * 24L + hour) * 60 + minute) * 60 + tens * 10 + ones) * CivilTime.MicrosPerSecond;
        return length == 19 || TryFraction(text + 19, length - 19, ref micros, out nanos);
    }

    // What makes the digit 0 of the marks in "2024-01-" and in "31 10:15" or "31T10:15", and where they stand.
    private const ulong YearMonthPlaces = 0xFF0000FF_00000000;
    private const ulong TimePlaces = 0x0000FF00_00FF0000;
    private const ulong YearMonthMarks = (ulong)('-' ^ '0') << 32 | (ulong)('-' ^ '0') << 56;
    private const ulong BlankTimeMarks = (ulong)(' ' ^ '0') << 16 | (ulong)(':' ^ '0') << 40;
    private const ulong IsoTimeMarks = (ulong)('T' ^ '0') << 16 | (ulong)(':' ^ '0') << 40;

    /// <summary>Byte i becomes the number that digits i and i + 1 make.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Pairs(ulong digits)
    {
        digits -= Swar.Zeros;
        return digits * 10 + (digits >> 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryDays(ulong yearAndMonth, int day, out int days)
    {
        var year = (byte)yearAndMonth * 100 + (byte)(yearAndMonth >> 16);
        var month = (int)(byte)(yearAndMonth >> 40) - 1;
        days = 0;
        if ((uint)month > 11 || year == 0) return false;
        var leap = (year & 3) == 0 && (year % 100 != 0 || (year & 15) == 0);
        if (day == 0 || day > DaysOfMonth[month] + (leap && month == 1 ? 1 : 0)) return false;
        var before = year - 1;
        days = before * 365 + before / 4 - before / 100 + before / 400 + DaysBeforeMonth[month] + (leap && month > 1 ? 1 : 0) + day - 719_163;
        return true;
    }

    private static bool TryFraction(byte* text, int length, ref long micros, out short nanos)
    {
        nanos = 0;
        if (*text is not ((byte)'.' or (byte)',') || length is < 2 or > 10) return false;
        if (!Swar.TryDigits(text + 1, length - 1, out var fraction)) return false;
        fraction *= Powers[10 - length];
        micros += fraction / 1000;
        nanos = (short)(fraction % 1000);
        return true;
    }

    /// <summary>Digits with at most one point, which has digits on both sides, as one number and the places behind the point.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryFixed(byte* text, int length, int mostDigits, out long mantissa, out int places, out bool negative)
    {
        negative = *text == '-';
        if (negative)
        {
            text++;
            length--;
        }
        mantissa = 0;
        places = 0;
        if ((uint)(length - 1) > (uint)mostDigits) return false;
        var point = BitOperations.TrailingZeroCount(Vector128.Equals(Vector128.Load(text), Vector128.Create((byte)'.')).ExtractMostSignificantBits() | 1u << 16);
        if (point >= Math.Min(length, 16)) return length <= mostDigits && Swar.TryDigits(text, length, out mantissa);
        places = length - point - 1;
        if (places > MostExactDigits || !Swar.TryDigits(text, point, out var whole) || !Swar.TryDigits(text + point + 1, places, out var fraction))
        {
            places = 0;
            return false;
        }
        mantissa = whole * Powers[places] + fraction;
        return true;
    }
}
