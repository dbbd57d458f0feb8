using System.Globalization;
using System.Text.Json;

namespace Chunnel.Bench.Sql;

/// <summary>
/// The row-at-a-time version: an expression as engines without columns run it, a tree that is asked for each row and whose values are objects.
/// A null argument makes null.
/// </summary>
internal static class RowTree
{
    public static Func<object?[], object?> Column(int index) => row => row[index];

    public static Func<object?[], object?> Constant(object? value) => _ => value;

    public static Func<object?[], object?> Plus(Func<object?[], object?> left, Func<object?[], object?> right) => row => (left(row), right(row)) switch
    {
        (int a, int b) => a + b,
        (long a, long b) => a + b,
        (double a, double b) => a + b,
        _ => null,
    };

    public static Func<object?[], object?> Times(Func<object?[], object?> left, Func<object?[], object?> right) => row => (left(row), right(row)) switch
    {
        (int a, int b) => a * b,
        (long a, long b) => a * b,
        (double a, double b) => a * b,
        _ => null,
    };

    public static Func<object?[], object?> Above(Func<object?[], object?> left, Func<object?[], object?> right) => row => (left(row), right(row)) switch
    {
        (int a, int b) => a > b,
        (long a, long b) => a > b,
        (double a, double b) => a > b,
        _ => null,
    };

    public static Func<object?[], object?> Same(Func<object?[], object?> left, Func<object?[], object?> right) =>
        row => left(row) is { } a && right(row) is { } b ? a.Equals(b) : null;

    public static Func<object?[], object?> Case(Func<object?[], object?> otherwise, params (Func<object?[], object?> When, Func<object?[], object?> Then)[] branches) => row =>
    {
        foreach (var (when, then) in branches)
        {
            if (when(row) is true) return then(row);
        }
        return otherwise(row);
    };

    public static Func<object?[], object?> Upper(Func<object?[], object?> text) => row => text(row) is string value ? value.ToUpperInvariant() : null;

    /// <param name="text">The whole.</param>
    /// <param name="from">The first character, from 1.</param>
    /// <param name="count">How many at most.</param>
    public static Func<object?[], object?> Substring(Func<object?[], object?> text, Func<object?[], object?> from, Func<object?[], object?> count) => row =>
        text(row) is string value && from(row) is int first && count(row) is int most && first <= value.Length ? value.Substring(first - 1, Math.Min(most, value.Length - first + 1)) : null;

    public static Func<object?[], object?> Concat(params Func<object?[], object?>[] parts) => row => string.Concat(parts.Select(part => part(row)));

    public static Func<object?[], object?> AddHours(Func<object?[], object?> moment, Func<object?[], object?> hours) => row =>
        moment(row) is DateTime value && hours(row) is int count ? value.AddHours(count) : null;

    public static Func<object?[], object?> Format(Func<object?[], object?> moment, string pattern) => row =>
        moment(row) is DateTime value ? value.ToString(pattern, CultureInfo.InvariantCulture) : null;

    public static Func<object?[], object?> DaysBetween(Func<object?[], object?> from, Func<object?[], object?> until) => row =>
        from(row) is DateTime first && until(row) is DateTime last ? (long)(last.Date - first.Date).TotalDays : null;

    public static Func<object?[], object?> JsonField(Func<object?[], object?> text, params string[] path) => row =>
    {
        if (text(row) is not string value) return null;
        using var document = JsonDocument.Parse(value);
        var found = document.RootElement;
        foreach (var name in path) found = found.GetProperty(name);
        return found.ValueKind == JsonValueKind.String ? found.GetString() : found.GetRawText();
    };

    /// <summary>Runs a query over rows; how many values came out.</summary>
    public static int Run(IEnumerable<object?[]> rows, Func<object?[], object?>? where, Func<object?[], object?>[] select)
    {
        var values = 0;
        foreach (var row in rows)
        {
            if (where is not null && where(row) is not true) continue;
            var result = new object?[select.Length];
            for (var i = 0; i < select.Length; i++) result[i] = select[i](row);
            values += result.Length;
        }
        return values;
    }
}
