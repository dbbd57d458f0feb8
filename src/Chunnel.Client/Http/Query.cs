namespace Chunnel.Client;

/// <summary>Makes the part of an address after the question mark.</summary>
internal static class Query
{
    /// <summary>Empty when there is nothing to say; values that are null are left out.</summary>
    public static string Of(params IEnumerable<KeyValuePair<string, string?>> parameters)
    {
        var said = parameters.Where(parameter => parameter.Value is not null)
            .Select(parameter => $"{Uri.EscapeDataString(parameter.Key)}={Uri.EscapeDataString(parameter.Value!)}")
            .ToList();
        return said.Count == 0 ? "" : "?" + string.Join('&', said);
    }

    public static string Of(IReadOnlyDictionary<string, string>? parameters) =>
        Of(parameters?.Select(parameter => KeyValuePair.Create(parameter.Key, (string?)parameter.Value)) ?? []);
}
