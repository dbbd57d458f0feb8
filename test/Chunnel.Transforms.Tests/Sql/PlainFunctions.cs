using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Chunnel.TestKit;

namespace Chunnel.Transforms.Tests.Sql;

/// <summary>Functions for the plain twin, over .NET's own strings and dates. Arguments are never null here.</summary>
internal static class PlainFunctions
{
    private static readonly DateTime Epoch = new(1970, 1, 1, 0, 0, 0, DateTimeKind.Unspecified);

    public static object? Call(string name, object[] arguments) => (name, arguments) switch
    {
        ("ASCII", [string s]) => s.Length == 0 ? 0 : s.EnumerateRunes().First().Value,
        ("LOWER", [string s]) => s.ToLowerInvariant(),
        ("SUBSTRING", [string s, var from]) => Substring(s, Whole(from), int.MaxValue),
        ("SUBSTRING", [string s, var from, var length]) => Substring(s, Whole(from), Whole(length)),
        ("LEFT", [string s, var length]) => Cut(s, 0, Math.Clamp(Whole(length), 0, s.Length)),
        ("RIGHT", [string s, var length]) => Whole(length) <= 0 ? "" : Whole(length) >= s.Length ? s : Cut(s, s.Length - Whole(length), Whole(length)),
        ("TRIM", [string s]) => s.Trim(' '),
        ("TRIM", [string s, string of]) => TrimStart(TrimEnd(s, First(of)), First(of)),
        ("LTRIM", [string s, string of]) => TrimStart(s, First(of)),
        ("RTRIM", [string s, string of]) => TrimEnd(s, First(of)),
        ("LPAD", [string s, var length, string with]) => s.Length >= Whole(length) ? Cut(s, 0, Math.Max(0, Whole(length))) : Repeat(First(with), Whole(length) - s.Length) + s,
        ("RPAD", [string s, var length, string with]) => s.Length >= Whole(length) ? Cut(s, 0, Math.Max(0, Whole(length))) : s + Repeat(First(with), Whole(length) - s.Length),
        ("TRANSLATE", [string s, string from, string into]) => Translate([.. s.EnumerateRunes()], [.. from.EnumerateRunes()], [.. into.EnumerateRunes()]),
        ("LOCATE", [string find, string s]) => s.IndexOf(find, StringComparison.Ordinal) + 1,
        ("REPEAT", [string s, var times]) => Repeat(s, Math.Max(0, Whole(times))),
        ("RAWTOHEX", [string s]) => string.Concat(s.Select(unit => ((int)unit).ToString("x4", CultureInfo.InvariantCulture))),
        ("REGEXP_LIKE", [string s, string pattern]) => Regex.IsMatch(s, pattern, RegexOptions.CultureInvariant),
        ("REGEXP_REPLACE", [string s, string pattern, string with]) => Regex.Replace(s, pattern, with, RegexOptions.CultureInvariant),
        ("YEAR", [BoxedDate date]) => Of(date).Year,
        ("MONTH", [BoxedDate date]) => Of(date).Month,
        ("QUARTER", [BoxedDate date]) => (Of(date).Month + 2) / 3,
        ("DAY_OF_MONTH", [BoxedDate date]) => Of(date).Day,
        ("DAY_OF_YEAR", [BoxedDate date]) => Of(date).DayOfYear,
        ("DAY_OF_WEEK", [BoxedDate date]) => ((int)Of(date).DayOfWeek + 6) % 7 + 1,
        ("DAYNAME", [BoxedDate date]) => Of(date).DayOfWeek.ToString(),
        ("DATEADD", [BoxedDate date, var amount, string unit]) => Add(Of(date), Whole(amount), unit),
        ("DATEDIFF", [BoxedDate from, BoxedDate until, string unit]) => Difference(Of(from), Of(until), unit),
        ("DATE_TRUNC", [BoxedDate date, string unit]) => Boxed(new DateTime(Of(date).Year, unit == "YEAR" ? 1 : Of(date).Month, 1)),
        ("FORMATDATETIME", [BoxedDate date, string pattern]) => Of(date).ToString(pattern, CultureInfo.InvariantCulture),
        ("WEEK", [BoxedDate date]) => ISOWeek.GetWeekOfYear(Of(date)),
        _ => throw new NotSupportedException($"{name} of {string.Join(", ", arguments)}"),
    };

    public static object? Insert(string? s, object? start, object? length, string? added)
    {
        if (start is null || length is null || (s is null && added is null)) return null;
        if (s is null) return added;
        var (from, count) = (Whole(start), Whole(length));
        if (from < 1 || from > s.Length || count <= 0 || string.IsNullOrEmpty(added)) return s;
        return s[..Start(s, from - 1)] + added + s[Math.Max(Start(s, from - 1), Start(s, (int)Math.Min((long)from - 1 + count, s.Length)))..];
    }

    private static int Whole(object number) => (int)Math.Clamp(Convert.ToInt64(number, CultureInfo.InvariantCulture), int.MinValue, int.MaxValue);

    private static string? Substring(string s, int from, int length)
    {
        var start = from > 0 ? from - 1L : from == 0 ? 0 : (long)s.Length + from;
        var count = Math.Min(length, s.Length - start);
        return start < 0 || start >= s.Length || count <= 0 ? null : Cut(s, (int)start, (int)count);
    }

    /// <summary>A piece that cuts no pair of surrogates: both ends go back to where the pair starts.</summary>
    private static string Cut(string s, int start, int length) => s[Start(s, start)..Math.Max(Start(s, start), Start(s, start + length))];

    private static int Start(string s, int at) => at > 0 && at < s.Length && char.IsLowSurrogate(s[at]) ? at - 1 : at;

    private static string First(string s) => s.Length == 0 ? " " : s.EnumerateRunes().First().ToString();

    private static string TrimStart(string s, string of)
    {
        while (s.StartsWith(of, StringComparison.Ordinal)) s = s[of.Length..];
        return s;
    }

    private static string TrimEnd(string s, string of)
    {
        while (s.EndsWith(of, StringComparison.Ordinal)) s = s[..^of.Length];
        return s;
    }

    private static string Repeat(string s, int times) => string.Concat(Enumerable.Repeat(s, times));

    private static string Translate(Rune[] text, Rune[] from, Rune[] into)
    {
        var to = new StringBuilder();
        foreach (var rune in text)
        {
            var place = Array.IndexOf(from, rune);
            to.Append(place >= 0 && place < into.Length ? into[place] : rune);
        }
        return to.ToString();
    }

    private static DateTime Of(BoxedDate date) => Epoch.AddDays(date.Days);

    private static BoxedDate Boxed(DateTime date) => new((int)(date - Epoch).TotalDays);

    private static BoxedDate Add(DateTime date, int amount, string unit) => Boxed(unit switch
    {
        "YEAR" => date.AddYears(amount),
        "MONTH" => date.AddMonths(amount),
        "WEEK" => date.AddDays(7.0 * amount),
        _ => date.AddDays(amount),
    });

    /// <summary>Counted by going there month by month, which is slow and plain.</summary>
    private static long Difference(DateTime from, DateTime until, string unit)
    {
        if (unit == "DAY") return (long)(until - from).TotalDays;
        var months = 0;
        while (until >= from && MonthsLater(from, months + 1) <= Order(until)) months++;
        while (until < from && MonthsLater(from, months - 1) >= Order(until)) months--;
        return unit == "YEAR" ? months / 12 : months % 12;
    }

    private static int MonthsLater(DateTime date, int months) => (date.Year * 12 + date.Month + months) * 32 + date.Day;

    private static int Order(DateTime date) => (date.Year * 12 + date.Month) * 32 + date.Day;
}
