using System.Globalization;

namespace Chunnel.Transforms.Sql.Functions.Times;

/// <summary>Time zones by the names that Java knows: <c>Asia/Shanghai</c>, <c>UTC+8</c>, <c>GMT-05:30</c>, <c>+08:00</c>, <c>Z</c>.</summary>
internal static class Zones
{
    private static readonly string[] OffsetForms = [@"hh\:mm", @"h\:mm", "hhmm", "%h", "hh"];

    public static TimeZoneInfo? Find(string name)
    {
        var text = name.Trim();
        if (text is "Z" or "UTC" or "GMT" or "UT") return TimeZoneInfo.Utc;
        foreach (var prefix in (string[])["UTC", "GMT", "UT", ""])
        {
            if (text.StartsWith(prefix, StringComparison.Ordinal) && text.Length > prefix.Length && text[prefix.Length] is '+' or '-') return AtOffset(text[prefix.Length..]);
        }
        return TimeZoneInfo.TryFindSystemTimeZoneById(text, out var zone) ? zone : null;
    }

    private static TimeZoneInfo? AtOffset(string text)
    {
        if (!TimeSpan.TryParseExact(text.AsSpan(1), OffsetForms, CultureInfo.InvariantCulture, TimeSpanStyles.None, out var size) || size > TimeSpan.FromHours(14)) return null;
        var name = "UTC" + text;
        return TimeZoneInfo.CreateCustomTimeZone(name, text[0] == '-' ? -size : size, name, name);
    }
}
