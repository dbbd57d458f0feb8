using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Chunnel.Transforms.JsonPath.Paths;

/// <summary>
/// Compares values as Jayway does: a number and a text are equal when the text says the number; only numbers, and only texts, are less or
/// greater; what is not there is unequal to all values.
/// </summary>
internal static class Comparisons
{
    public static bool Hold(Found left, Comparison comparison, Found right) => comparison switch
    {
        Comparison.Equal => AreEqual(left, right),
        Comparison.NotEqual => !AreEqual(left, right),
        Comparison.Less => Order(left, right) < 0,
        Comparison.LessOrEqual => Order(left, right) <= 0,
        Comparison.Greater => Order(left, right) > 0,
        Comparison.GreaterOrEqual => Order(left, right) >= 0,
        Comparison.In => One(left) is { } item && Items(right) is { } list && Has(list, item),
        Comparison.NotIn => !(One(left) is { } item && Items(right) is { } list && Has(list, item)),
        Comparison.SubsetOf => Items(left) is { } some && Items(right) is { } all && some.All(each => Has(all, each)),
        Comparison.AnyOf => Items(left) is { } some && Items(right) is { } all && some.Any(each => Has(all, each)),
        Comparison.NoneOf => Items(left) is { } some && Items(right) is { } all && !some.Any(each => Has(all, each)),
        Comparison.Contains => One(right) is { } item && Contains(left, item),
        Comparison.Size => Size(left) is { } size && (One(right) is { ValueKind: JsonValueKind.Number } number ? Number(number) == size : Size(right) == size),
        Comparison.Empty => Size(left) is { } size && One(right) is { } flag && size == 0 == (flag.ValueKind == JsonValueKind.True),
        _ => throw new UnreachableException($"No such comparison: {comparison}."),
    };

    public static bool AreEqual(JsonElement a, JsonElement b) => (a.ValueKind, b.ValueKind) switch
    {
        (JsonValueKind.Number, JsonValueKind.Number) => Compare(a, b) == 0,
        (JsonValueKind.Number, JsonValueKind.String) => TryNumber(b.GetString()!, out var number) && Number(a) == number,
        (JsonValueKind.String, JsonValueKind.Number) => a.ValueEquals(b.GetRawText()),
        (JsonValueKind.String, JsonValueKind.String) => string.Equals(a.GetString(), b.GetString(), StringComparison.Ordinal),
        var (kind, other) => kind == other && JsonElement.DeepEquals(a, b),
    };

    private static bool AreEqual(Found left, Found right)
    {
        if (left.IsList || right.IsList) return Items(left) is { } some && Items(right) is { } others && some.Count == others.Count && some.Zip(others).All(pair => AreEqual(pair.First, pair.Second));
        return One(left) is { } a && One(right) is { } b && AreEqual(a, b);
    }

    /// <summary>Negative, zero or positive; null where there is no order.</summary>
    private static int? Order(Found left, Found right)
    {
        if (One(left) is not { } a || One(right) is not { } b) return null;
        return (a.ValueKind, b.ValueKind) switch
        {
            (JsonValueKind.Number, JsonValueKind.Number) => Compare(a, b),
            (JsonValueKind.String, JsonValueKind.String) => string.CompareOrdinal(a.GetString(), b.GetString()),
            _ => null,
        };
    }

    private static int Compare(JsonElement a, JsonElement b) =>
        a.TryGetDecimal(out var exactA) && b.TryGetDecimal(out var exactB) ? exactA.CompareTo(exactB) : a.GetDouble().CompareTo(b.GetDouble());

    private static double Number(JsonElement number) => number.GetDouble();

    private static bool TryNumber(string text, out double number) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number);

    private static JsonElement? One(Found found) => found is { IsList: false, Values: [var one] } ? one : null;

    /// <summary>The elements of a list; null when it is none.</summary>
    private static IReadOnlyList<JsonElement>? Items(Found found)
    {
        if (found.IsList) return found.Values;
        return One(found) is { ValueKind: JsonValueKind.Array } array ? [.. array.EnumerateArray()] : null;
    }

    private static bool Has(IReadOnlyList<JsonElement> list, JsonElement item) => list.Any(each => AreEqual(each, item));

    private static bool Contains(Found left, JsonElement item)
    {
        if (Items(left) is { } list) return Has(list, item);
        return One(left) is { ValueKind: JsonValueKind.String } text && item.ValueKind == JsonValueKind.String && text.GetString()!.Contains(item.GetString()!, StringComparison.Ordinal);
    }

    private static int? Size(Found found)
    {
        if (Items(found) is { } list) return list.Count;
        return One(found) switch
        {
            { ValueKind: JsonValueKind.String } text => text.GetString()!.Length,
            { ValueKind: JsonValueKind.Object } members => members.GetPropertyCount(),
            _ => null,
        };
    }
}
