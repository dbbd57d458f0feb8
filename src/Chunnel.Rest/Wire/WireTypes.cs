using System.Globalization;
using System.Text.Json;

namespace Chunnel.Rest;

/// <summary>As what values travel, said once (spec rest-api.md 2.3, 2.4).</summary>
internal static class WireTypes
{
    private const string TimeFormat = "yyyy-MM-dd HH:mm:ss";

    // A plain decimal: never an exponent, at least one digit after the point, no more digits than a double holds.
    private const string RateFormat = "0.0##############";

    /// <summary>Ids go beyond 2^53: a number would lose digits in JavaScript.</summary>
    public static string Id(long id) => id.ToString(CultureInfo.InvariantCulture);

    public static string Count(long count) => count.ToString(CultureInfo.InvariantCulture);

    public static string Rate(double perSecond) => perSecond.ToString(RateFormat, CultureInfo.InvariantCulture);

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
