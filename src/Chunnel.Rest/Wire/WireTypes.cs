using System.Globalization;
using System.Text.Json;

namespace Chunnel.Rest;

/// <summary>As what values travel, said once (spec rest-api.md 2.3, 2.4).</summary>
internal static class WireTypes
{
    private const string TimeFormat = "yyyy-MM-dd HH:mm:ss";

    /// <summary>Longer than the longest counter.</summary>
    public const int MostCountBytes = 24;

    /// <summary>Longer than the longest rate: a double below 2^64 that counts bytes, or a tiny one.</summary>
    public const int MostRateBytes = 64;

    /// <summary>For what would get an exponent: as many digits as a double holds.</summary>
    private const string PlainFormat = "0.0##############";

    /// <summary>Ids go beyond 2^53: a number would lose digits in JavaScript.</summary>
    public static string Id(long id) => id.ToString(CultureInfo.InvariantCulture);

    public static string Count(long count) => count.ToString(CultureInfo.InvariantCulture);

    /// <summary>Writes a counter as UTF-8, at most <see cref="MostCountBytes"/>.</summary>
    /// <returns>How many bytes it took.</returns>
    public static int Count(long count, Span<byte> text)
    {
        count.TryFormat(text, out var written, default, CultureInfo.InvariantCulture);
        return written;
    }

    /// <summary>Writes a rate as UTF-8, at most <see cref="MostRateBytes"/>: a plain decimal, never an exponent, at least one digit after the point.</summary>
    /// <returns>How many bytes it took.</returns>
    public static int Rate(double perSecond, Span<byte> text)
    {
        perSecond.TryFormat(text, out var written, "R", CultureInfo.InvariantCulture);
        if (text[..written].Contains((byte)'E'))
        {
            perSecond.TryFormat(text, out written, PlainFormat, CultureInfo.InvariantCulture);
            return written;
        }
        if (text[..written].Contains((byte)'.')) return written;
        ".0"u8.CopyTo(text[written..]);
        return written + ".0".Length;
    }

    /// <summary>In the node's own time zone, without offset.</summary>
    public static string Time(DateTimeOffset time, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(time, zone).ToString(TimeFormat, CultureInfo.InvariantCulture);

    /// <summary>The id in the answers of submit and stop: text, or the number of the documents where the node's settings ask for it.</summary>
    public static void WriteAnsweredId(Utf8JsonWriter json, long id, bool asNumber)
    {
        if (asNumber) json.WriteNumber(WireNames.JobId, id);
        else json.WriteString(WireNames.JobId, Id(id));
    }

    /// <summary>An id as a caller writes it: a whole number of 64 bits.</summary>
    /// <exception cref="RestRefusal">It is none.</exception>
    public static long ParseId(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var id) ? id : throw RestRefusal.NotANumber(text);

    /// <summary>True in any case is true, all else is not.</summary>
    public static bool ParseFlag(string? text) => "true".Equals(text, StringComparison.OrdinalIgnoreCase);
}
