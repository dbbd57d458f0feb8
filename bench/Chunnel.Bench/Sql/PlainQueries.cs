using System.Globalization;
using System.Text.Json;

namespace Chunnel.Bench.Sql;

/// <summary>What the queries do, each as a loop of its own over boxed values.</summary>
internal static class PlainQueries
{
    private static readonly DateTime Until = new(2022, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    public static int Sum(object?[][] rows)
    {
        var kept = 0;
        foreach (var row in rows)
        {
            if (row[4] is not int a || a <= 300) continue;
            object?[] result = [row[5] is int b ? a + b : null, row[2] is double price ? price * 1.1 : null];
            kept += result.Length;
        }
        return kept;
    }

    public static int Texts(object?[][] rows)
    {
        var kept = 0;
        foreach (var row in rows)
        {
            if (row[3] is not string name || row[1] is not int n) continue;
            var chosen = string.Equals(name, "x", StringComparison.Ordinal) ? "none" : n > 500 ? name.ToUpperInvariant() : name.Length > 2 ? name.Substring(2, Math.Min(5, name.Length - 2)) : null;
            object?[] result = [chosen, string.Concat(name, "-", name[..Math.Min(3, name.Length)])];
            kept += result.Length;
        }
        return kept;
    }

    public static int Dates(object?[][] rows)
    {
        var kept = 0;
        foreach (var row in rows)
        {
            if (row[7] is not DateTime moment) continue;
            object?[] result = [moment.AddHours(36), moment.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), (long)(Until.Date - moment.Date).TotalDays];
            kept += result.Length;
        }
        return kept;
    }

    public static int Json(object?[][] rows)
    {
        var kept = 0;
        foreach (var row in rows)
        {
            if (row[8] is not string text) continue;
            using var document = JsonDocument.Parse(text);
            object?[] result = [document.RootElement.GetProperty("user").GetProperty("city").GetString(), document.RootElement.GetProperty("total").GetRawText()];
            kept += result.Length;
        }
        return kept;
    }
}
