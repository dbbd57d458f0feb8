using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Chunnel.Core;

/// <summary>
/// The usual shape of a pattern: four digits of year, two of each other part, up to nine of a second, literals between. Every text has
/// the same length and every part its place, so that reading and writing are straight lines.
/// </summary>
internal sealed class PlainShape
{
    private const int Absent = -1;

    private readonly byte[] _frame;
    private readonly int _year;
    private readonly int _month;
    private readonly int _day;
    private readonly int _hour;
    private readonly int _minute;
    private readonly int _second;
    private readonly int _fraction;
    private readonly int _fractionDigits;
    private readonly int[] _literals;
    private readonly int _fractionUnit;

    /// <summary>Sixteen bytes of a text each: which digit of year, month, day, hour, minute and second stands there, and what else does.</summary>
    private readonly (Vector128<byte> Digits, Vector128<byte> Literals)[] _pieces;

    private PlainShape(byte[] frame, int[] places, int fractionDigits, int[] literals)
    {
        _frame = frame;
        _year = places[0];
        _month = places[1];
        _day = places[2];
        _hour = places[3];
        _minute = places[4];
        _second = places[5];
        _fraction = places[6];
        _fractionDigits = fractionDigits;
        _literals = literals;
        _fractionUnit = (int)Digits.PowerOfTen(9 - fractionDigits);
        _pieces = [.. Enumerable.Range(0, (frame.Length + Vector128<byte>.Count - 1) / Vector128<byte>.Count).Select(Piece)];
    }

    /// <summary>Bytes of every text of the shape.</summary>
    public int Bytes => _frame.Length;

    /// <summary>The shape of the steps, or null when they are not so plain.</summary>
    public static PlainShape? Of(TimeStep[] steps)
    {
        var places = new[] { Absent, Absent, Absent, Absent, Absent, Absent, Absent };
        var frame = new List<byte>();
        var literals = new List<int>();
        var fractionDigits = 0;
        foreach (var step in steps)
        {
            if (step.Field == TimeField.Literal)
            {
                literals.AddRange(Enumerable.Range(frame.Count, step.Text.Length));
                frame.AddRange(step.Text);
                continue;
            }
            var (part, width) = step.Field switch
            {
                TimeField.Year => (0, 4),
                TimeField.Month => (1, 2),
                TimeField.Day => (2, 2),
                TimeField.Hour => (3, 2),
                TimeField.Minute => (4, 2),
                TimeField.Second => (5, 2),
                TimeField.Fraction when step.Width <= 9 => (6, step.Width),
                _ => (Absent, 0),
            };
            if (part == Absent || step.Width != width || places[part] != Absent) return null;
            places[part] = frame.Count;
            if (part == 6) fractionDigits = width;
            frame.AddRange(Enumerable.Repeat((byte)'0', width));
        }
        return new PlainShape([.. frame], places, fractionDigits, [.. literals]);
    }

    /// <summary>Writes the parts; the year has four digits. Returns the bytes written.</summary>
    public int Format(in CivilTime time, Span<byte> to)
    {
        to = to[.._frame.Length];
        _frame.CopyTo(to);
        if (_year >= 0) Digits.Put4(to[_year..], time.Year);
        if (_month >= 0) Digits.Put2(to[_month..], time.Month);
        if (_day >= 0) Digits.Put2(to[_day..], time.Day);
        if (_hour >= 0) Digits.Put2(to[_hour..], time.Hour);
        if (_minute >= 0) Digits.Put2(to[_minute..], time.Minute);
        if (_second >= 0) Digits.Put2(to[_second..], time.Second);
        if (_fraction >= 0) Digits.Put(to[_fraction..], _fractionDigits, time.Nano / _fractionUnit);
        return _frame.Length;
    }

    /// <summary>
    /// The same from numbers, sixteen bytes at a time: all digits are computed at once and put at their places. What is written behind the
    /// text, up to fifteen bytes, has no meaning; without room for it the parts are written one by one.
    /// </summary>
    public int Format(long days, int secondOfDay, int nano, Span<byte> to)
    {
        if (!Vector128.IsHardwareAccelerated || to.Length < _pieces.Length * Vector128<byte>.Count) return Format(CivilTime.FromParts(days, secondOfDay, nano), to);
        var (year, month, day) = CivilDate.FromDays(days);
        var digits = DigitsOf(year, month, day, secondOfDay);
        ref var start = ref MemoryMarshal.GetReference(to);
        for (var i = 0; i < _pieces.Length; i++)
        {
            (Vector128.ShuffleNative(digits, _pieces[i].Digits) | _pieces[i].Literals).StoreUnsafe(ref start, (nuint)(i * Vector128<byte>.Count));
        }
        if (_fraction >= 0) Digits.Put(to[_fraction..], _fractionDigits, nano / _fractionUnit);
        return _frame.Length;
    }

    /// <summary>YYYYMMDDhhmmss, two digits from each of seven numbers below 100.</summary>
    private static Vector128<byte> DigitsOf(int year, int month, int day, int secondOfDay)
    {
        var minutes = secondOfDay / 60;
        var hour = minutes / 60;
        var century = year / 100;
        var date = (uint)century | (uint)(year - century * 100) << 16 | (ulong)month << 32 | (ulong)day << 48;
        var time = (uint)hour | (uint)(minutes - hour * 60) << 16 | (ulong)(secondOfDay - minutes * 60) << 32;
        var numbers = Vector128.Create(date, time).AsUInt16();
        var tens = Vector128.ShiftRightLogical(numbers * Vector128.Create((ushort)103), 10);
        return (tens + Vector128.ShiftLeft(numbers - tens * Vector128.Create((ushort)10), 8) + Vector128.Create((ushort)0x3030)).AsByte();
    }

    private (Vector128<byte> Digits, Vector128<byte> Literals) Piece(int piece)
    {
        const byte none = 0xFF;
        Span<byte> digits = stackalloc byte[Vector128<byte>.Count];
        Span<byte> literals = stackalloc byte[Vector128<byte>.Count];
        digits.Fill(none);
        literals.Clear();
        ReadOnlySpan<(int Place, int First, int Count)> parts = [(_year, 0, 4), (_month, 4, 2), (_day, 6, 2), (_hour, 8, 2), (_minute, 10, 2), (_second, 12, 2)];
        for (var i = 0; i < digits.Length && piece * digits.Length + i < _frame.Length; i++)
        {
            var at = piece * digits.Length + i;
            foreach (var (place, first, count) in parts)
            {
                if (place >= 0 && at >= place && at < place + count) digits[i] = (byte)(first + at - place);
            }
            if (digits[i] == none) literals[i] = _frame[at];
        }
        return (Vector128.Create<byte>(digits), Vector128.Create<byte>(literals));
    }

    /// <summary>Reads a text of exactly this shape.</summary>
    public bool TryParse(ReadOnlySpan<byte> text, out CivilTime time)
    {
        time = new CivilTime();
        if (text.Length != _frame.Length) return false;
        foreach (var literal in _literals)
        {
            if (text[literal] != _frame[literal]) return false;
        }
        // A part that is no number is negative, and one look at all of them tells.
        var year = _year >= 0 ? Digits.Read4(text, _year) : time.Year;
        var month = _month >= 0 ? Digits.Read2(text, _month) : time.Month;
        var day = _day >= 0 ? Digits.Read2(text, _day) : time.Day;
        var hour = _hour >= 0 ? Digits.Read2(text, _hour) : 0;
        var minute = _minute >= 0 ? Digits.Read2(text, _minute) : 0;
        var second = _second >= 0 ? Digits.Read2(text, _second) : 0;
        if ((year | month | day | hour | minute | second) < 0) return false;
        (time.Year, time.Month, time.Day, time.Hour, time.Minute, time.Second) = (year, month, day, hour, minute, second);
        if (_fraction >= 0)
        {
            if (Digits.ReadUpTo(text, _fraction, _fractionDigits, out var fraction) < _fractionDigits) return false;
            time.Nano = (int)fraction * _fractionUnit;
        }
        return time.Exists;
    }
}
