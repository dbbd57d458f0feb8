using System.Globalization;
using System.Text.Json;

namespace Chunnel.Transforms.JsonPath.Paths;

/// <summary>What functions at the end of a path give: of the value before them, or of the list that an indefinite path found.</summary>
internal static class PathFunctions
{
    /// <summary>The one value; null, with the reason, when there is none.</summary>
    public static List<JsonElement>? Compute(string name, IReadOnlyList<JsonElement> found, bool isList, out string? why)
    {
        why = null;
        if (!isList && found.Count == 0) why = "nothing stands there";
        var json = why is not null ? null : name switch
        {
            "length" => Length(found, isList),
            "keys" => Keys(found, isList),
            _ => Number(name, Numbers(found, isList)),
        };
        if (json is null)
        {
            why ??= $"{name}() cannot be told of what stands there";
            return null;
        }
        using var document = JsonDocument.Parse(json);
        return [document.RootElement.Clone()];
    }

    private static string? Length(IReadOnlyList<JsonElement> found, bool isList)
    {
        int? length = isList ? found.Count : found[0].ValueKind switch
        {
            JsonValueKind.Array => found[0].GetArrayLength(),
            JsonValueKind.Object => found[0].GetPropertyCount(),
            JsonValueKind.String => found[0].GetString()!.Length,
            _ => null,
        };
        return length?.ToString(CultureInfo.InvariantCulture);
    }

    private static string? Keys(IReadOnlyList<JsonElement> found, bool isList) =>
        isList || found[0].ValueKind != JsonValueKind.Object ? null : $"[{string.Join(',', found[0].EnumerateObject().Select(member => $"\"{JsonEncodedText.Encode(member.Name)}\""))}]";

    private static List<double> Numbers(IReadOnlyList<JsonElement> found, bool isList)
    {
        var values = isList ? found : found[0].ValueKind == JsonValueKind.Array ? [.. found[0].EnumerateArray()] : [];
        return [.. values.Where(value => value.ValueKind == JsonValueKind.Number).Select(value => value.GetDouble())];
    }

    private static string? Number(string name, List<double> numbers)
    {
        if (numbers.Count == 0) return null;
        var number = name switch
        {
            "min" => numbers.Min(),
            "max" => numbers.Max(),
            "avg" => numbers.Average(),
            "sum" => numbers.Sum(),
            _ => Math.Sqrt(numbers.Sum(value => value * value) / numbers.Count - Math.Pow(numbers.Average(), 2)),
        };
        return double.IsFinite(number) ? number.ToString("R", CultureInfo.InvariantCulture) : null;
    }
}
