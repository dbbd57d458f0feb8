using System.Globalization;
using System.Numerics;
using System.Text.Json;

namespace Chunnel.JobTests;

/// <summary>Compares rows as JSON: members by name, numbers as exact decimals, times as points in time.</summary>
internal static class RowCompare
{
    /// <summary>A row in a form in which equal rows have equal text.</summary>
    public static string Normal(string line)
    {
        using var json = JsonDocument.Parse(line);
        return Normal(json.RootElement);
    }

    private static string Normal(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "{" + string.Join(",", value.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal).Select(member => $"{JsonSerializer.Serialize(member.Name)}:{Normal(member.Value)}")) + "}",
        JsonValueKind.Array => "[" + string.Join(",", value.EnumerateArray().Select(Normal)) + "]",
        JsonValueKind.Number => Number(value.GetRawText()),
        JsonValueKind.String => Text(value.GetString()!),
        _ => value.GetRawText(),
    };

    /// <summary>Digits without leading or trailing zeros, and the power of ten.</summary>
    private static string Number(string raw)
    {
        var exponent = 0;
        var e = raw.IndexOfAny(['e', 'E']);
        if (e >= 0)
        {
            exponent = int.Parse(raw[(e + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
            raw = raw[..e];
        }
        var point = raw.IndexOf('.', StringComparison.Ordinal);
        if (point >= 0) exponent -= raw.Length - point - 1;
        var digits = BigInteger.Parse(raw.Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
        if (digits.IsZero) return "0";
        while (digits % 10 == 0)
        {
            digits /= 10;
            exponent++;
        }
        return $"{digits}e{exponent}";
    }

    private static string Text(string text)
    {
        var looksLikeTime = text.Length >= 16 && char.IsAsciiDigit(text[0]) && text[4] == '-' && text[10] is 'T' or ' ';
        return looksLikeTime && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? $"time {time.UtcDateTime:O}"
            : JsonSerializer.Serialize(text);
    }
}
