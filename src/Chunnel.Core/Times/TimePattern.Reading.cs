using System.Text;

namespace Chunnel.Core;

public sealed partial class TimePattern
{
    /// <summary>Reads a text that is wholly of the pattern and names a day and a time that exist. Parts that the pattern lacks are 1970-01-01 and 00:00.</summary>
    public bool TryParse(ReadOnlySpan<byte> text, out CivilTime time)
    {
        if (_plain is not null && _plain.TryParse(text, out time)) return true;
        var parts = new Parts();
        time = default;
        return TryRead(text, 0, 0, ref parts, out var at) && at == text.Length && parts.TryCombine(out time);
    }

    /// <summary>Reads from a step on. Optional parts are tried first, then left out.</summary>
    private bool TryRead(ReadOnlySpan<byte> text, int at, int step, ref Parts parts, out int end)
    {
        end = at;
        for (; step < _steps.Length; step++)
        {
            ref readonly var current = ref _steps[step];
            if (current.Field == TimeField.OptionalStart)
            {
                var with = parts;
                if (TryRead(text, end, step + 1, ref with, out var withEnd) && withEnd == text.Length)
                {
                    parts = with;
                    end = withEnd;
                    return true;
                }
                step = current.Width - 1;
                continue;
            }
            if (!TryReadStep(current, text, ref end, ref parts)) return false;
        }
        return true;
    }

    private static bool TryReadStep(in TimeStep step, ReadOnlySpan<byte> text, ref int at, ref Parts parts)
    {
        switch (step.Field)
        {
            case TimeField.Literal:
                if (!text[at..].StartsWith(step.Text)) return false;
                at += step.Text.Length;
                return true;
            case TimeField.OptionalEnd: return true;
            case TimeField.MonthShort: return TryReadName(Months, 3, text, ref at, out parts.Month);
            case TimeField.MonthFull: return TryReadName(Months, int.MaxValue, text, ref at, out parts.Month);
            case TimeField.DayShort: return TryReadName(DaysOfWeek, 3, text, ref at, out parts.DayOfWeek);
            case TimeField.DayFull: return TryReadName(DaysOfWeek, int.MaxValue, text, ref at, out parts.DayOfWeek);
            case TimeField.Half: return TryReadName(["AM", "PM"], int.MaxValue, text, ref at, out parts.Half);
            case TimeField.Offset or TimeField.OffsetWithZ: return TryReadOffset(step, text, ref at, ref parts);
            case TimeField.Fraction: return TryReadFraction(step.Width, text, ref at, ref parts);
            default: return TryReadNumber(step, text, ref at, out var number) && parts.TrySet(step.Field, number);
        }
    }

    private static bool TryReadNumber(in TimeStep step, ReadOnlySpan<byte> text, ref int at, out long number)
    {
        number = 0;
        var negative = false;
        if (step.Field == TimeField.Year && !step.Adjacent && at < text.Length && text[at] is (byte)'-' or (byte)'+')
        {
            negative = text[at] == '-';
            at++;
        }
        var most = step.Field switch
        {
            TimeField.TwoDigitYear => 2,
            TimeField.Year when step.Width >= 3 && !step.Adjacent => 9,
            _ when step.Adjacent || step.Width >= 2 => step.Width,
            TimeField.Nano => 9,
            TimeField.MilliOfDay => 8,
            TimeField.Year => 9,
            TimeField.DayOfYear => 3,
            _ => 2,
        };
        var least = step.Field == TimeField.Year || step.Width >= 2 ? step.Width : 1;
        var digits = Digits.ReadUpTo(text, at, most, out number);
        at += digits;
        if (negative) number = -number;
        return digits >= least;
    }

    private static bool TryReadFraction(int width, ReadOnlySpan<byte> text, ref int at, ref Parts parts)
    {
        var kept = Math.Min(9, width);
        if (Digits.ReadUpTo(text, at, kept, out var fraction) < kept) return false;
        at += kept;
        for (var i = kept; i < 9; i++) fraction *= 10;
        for (var i = 9; i < width; i++, at++)
        {
            if (at >= text.Length || text[at] != '0') return false;
        }
        parts.Nano = (int)fraction;
        return true;
    }

    private static bool TryReadOffset(in TimeStep step, ReadOnlySpan<byte> text, ref int at, ref Parts parts)
    {
        if (step.Field == TimeField.OffsetWithZ && at < text.Length && text[at] == 'Z')
        {
            at++;
            parts.OffsetMinutes = 0;
            parts.HasOffset = true;
            return true;
        }
        if (at >= text.Length || text[at] is not ((byte)'+' or (byte)'-')) return false;
        var hours = Digits.Read2(text, at + 1);
        if (hours < 0) return false;
        var used = 3;
        var minutes = 0;
        var colon = step.Width >= 3;
        var minutesAt = at + used + (colon ? 1 : 0);
        var follow = !colon || (at + used < text.Length && text[at + used] == ':');
        if (follow && Digits.Read2(text, minutesAt) is >= 0 and <= 59 and var read)
        {
            minutes = read;
            used = minutesAt + 2 - at;
        }
        else if (step.Width > 1) return false;
        parts.OffsetMinutes = (text[at] == '-' ? -1 : 1) * (hours * 60 + minutes);
        parts.HasOffset = true;
        at += used;
        return true;
    }

    private static bool TryReadName(string[] names, int most, ReadOnlySpan<byte> text, ref int at, out int number)
    {
        for (number = 1; number <= names.Length; number++)
        {
            var name = names[number - 1];
            var length = Math.Min(name.Length, most);
            if (at + length > text.Length || !Ascii.EqualsIgnoreCase(text.Slice(at, length), name.AsSpan(0, length))) continue;
            at += length;
            return true;
        }
        return false;
    }

    /// <summary>What was read so far; 0 is not read, for parts that count from 1.</summary>
    private struct Parts
    {
        public int Year;
        public int Month;
        public int DayOfWeek;
        public int Half;
        public int Nano;
        public int OffsetMinutes;
        public bool HasOffset;

        private int _day;
        private int _dayOfYear;
        private int _quarter;
        private int _hour;
        private int _hourOfHalf;
        private int _minute;
        private int _second;
        private int _milliOfDay;
        private bool _hasYear;
        private bool _hasHourOfHalf;

        public bool TrySet(TimeField field, long number)
        {
            switch (field)
            {
                case TimeField.Year: (Year, _hasYear) = ((int)number, true); return true;
                case TimeField.TwoDigitYear: (Year, _hasYear) = (2000 + (int)number, true); return true;
                case TimeField.Month: Month = (int)number; return number is >= 1 and <= 12;
                case TimeField.Day: _day = (int)number; return number is >= 1 and <= 31;
                case TimeField.DayOfYear: _dayOfYear = (int)number; return number is >= 1 and <= 366;
                case TimeField.DayOfWeek: DayOfWeek = (int)number; return number is >= 1 and <= 7;
                case TimeField.Quarter: _quarter = (int)number; return number is >= 1 and <= 4;
                case TimeField.Hour: _hour = (int)number; return number <= 23;
                case TimeField.ClockHour: _hour = (int)number % 24; return number is >= 1 and <= 24;
                case TimeField.HourOfHalf: (_hourOfHalf, _hasHourOfHalf) = ((int)number, true); return number <= 11;
                case TimeField.ClockHourOfHalf: (_hourOfHalf, _hasHourOfHalf) = ((int)number % 12, true); return number is >= 1 and <= 12;
                case TimeField.Minute: _minute = (int)number; return number <= 59;
                case TimeField.Second: _second = (int)number; return number <= 59;
                case TimeField.Nano: Nano = (int)number; return number <= 999_999_999;
                case TimeField.MilliOfDay: _milliOfDay = (int)number; return number < 86_400_000;
                default: return false;
            }
        }

        /// <summary>One date and time of the parts; false where they contradict each other or the calendar.</summary>
        public readonly bool TryCombine(out CivilTime time)
        {
            time = new CivilTime
            {
                Year = _hasYear ? Year : 1970,
                Month = Month == 0 ? 1 : Month,
                Day = _day == 0 ? 1 : _day,
                Hour = _hasHourOfHalf ? _hourOfHalf + (Half == 2 ? 12 : 0) : _hour,
                Minute = _minute,
                Second = _second,
                Nano = Nano,
                OffsetMinutes = OffsetMinutes,
                HasOffset = HasOffset,
            };
            if (_milliOfDay > 0)
            {
                var ofDay = CivilTime.FromNanosOfDay(_milliOfDay * 1_000_000L);
                (time.Hour, time.Minute, time.Second, time.Nano) = (ofDay.Hour, ofDay.Minute, ofDay.Second, ofDay.Nano);
            }
            if (_dayOfYear > 0)
            {
                var (year, month, day) = CivilDate.FromDays(CivilDate.ToDays(time.Year, 1, 1) + _dayOfYear - 1);
                if (year != time.Year || (Month > 0 && Month != month) || (_day > 0 && _day != day)) return false;
                (time.Month, time.Day) = (month, day);
            }
            return time.Exists
                && (DayOfWeek == 0 || CivilDate.DayOfWeek(time.ToDays()) == DayOfWeek)
                && (_quarter == 0 || (time.Month + 2) / 3 == _quarter);
        }
    }
}
