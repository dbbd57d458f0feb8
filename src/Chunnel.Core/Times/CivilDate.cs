namespace Chunnel.Core;

/// <summary>Days since 1970-01-01 and dates of the proleptic Gregorian calendar, in plain arithmetic far beyond the years 1 to 9999.</summary>
public static class CivilDate
{
    /// <summary>Days from 0000-03-01 to 1970-01-01. Years are counted from March, so that a leap day is the last day of its year.</summary>
    private const int DaysToEpoch = 719_468;
    private const int DaysPerEra = 146_097; // 400 years
    private const int DaysPerCentury = 36_524;
    private const uint NearDays = 1 << 30;
    private const int DaysPerOlympiad = 1_460; // 4 years but for the leap day

    private static ReadOnlySpan<byte> LastDays => [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

    /// <summary>The date of a day.</summary>
    public static (int Year, int Month, int Day) FromDays(long days)
    {
        const int eras = 1000;
        var shifted = (ulong)(days + DaysToEpoch + eras * (long)DaysPerEra);
        if (shifted < NearDays)
        {
            var (near, month, day) = FromNear((uint)shifted);
            return (near - eras * 400, month, day);
        }
        return FromFar(days);
    }

    /// <summary>
    /// The date so many days after 0000-03-01, in three multiplications: quotient and remainder of each come out of one product
    /// (Neri and Schneider, Euclidean affine functions and their application to calendar algorithms, 2022).
    /// </summary>
    private static (int Year, int Month, int Day) FromNear(uint days)
    {
        var quarters = 4 * days + 3;
        var century = quarters / DaysPerEra;
        // 2^32 / 1461, rounded up: the upper half of the product is the year of the century, the lower half the part of it that is over.
        const uint perYear = 2_939_745;
        var product = (ulong)perYear * (quarters % DaysPerEra | 3);
        var dayOfYear = (uint)product / perYear / 4;
        var months = 2141 * dayOfYear + 197_913;
        var afterFebruary = dayOfYear >= 306 ? 1 : 0;
        return ((int)(100 * century + (uint)(product >> 32)) + afterFebruary, (int)(months >> 16) - 12 * afterFebruary, (int)((months & 0xFFFF) / 2141) + 1);
    }

    private static (int Year, int Month, int Day) FromFar(long days)
    {
        var sinceMarch = days + DaysToEpoch;
        var era = Math.DivRem(sinceMarch, DaysPerEra, out var dayOfEra);
        if (dayOfEra < 0)
        {
            era--;
            dayOfEra += DaysPerEra;
        }
        var d = (int)dayOfEra;
        var yearOfEra = (d - d / DaysPerOlympiad + d / DaysPerCentury - d / (DaysPerEra - 1)) / 365;
        var dayOfYear = d - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        var monthFromMarch = (5 * dayOfYear + 2) / 153; // five months have 153 days
        var day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1;
        var month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
        return ((int)(yearOfEra + era * 400) + (month <= 2 ? 1 : 0), month, day);
    }

    /// <summary>The day of a date that exists.</summary>
    public static long ToDays(long year, int month, int day)
    {
        if (month <= 2) year--;
        var era = (year >= 0 ? year : year - 399) / 400;
        var yearOfEra = (int)(year - era * 400);
        var dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
        var dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return era * DaysPerEra + dayOfEra - DaysToEpoch;
    }

    public static bool IsLeap(long year) => (year & 3) == 0 && (year % 100 != 0 || year % 400 == 0);

    public static int DaysInMonth(long year, int month) => month == 2 && IsLeap(year) ? 29 : LastDays[month - 1];

    public static bool Exists(long year, int month, int day) =>
        month is >= 1 and <= 12 && day >= 1 && (day <= 28 || day <= DaysInMonth(year, month));

    /// <summary>1 for Monday to 7 for Sunday.</summary>
    public static int DayOfWeek(long days)
    {
        var sinceMonday = (days + 3) % 7;
        return (int)(sinceMonday < 0 ? sinceMonday + 7 : sinceMonday) + 1;
    }

    /// <summary>1 for the first of January.</summary>
    public static int DayOfYear(long year, int month, int day) => (int)(ToDays(year, month, day) - ToDays(year, 1, 1)) + 1;
}
