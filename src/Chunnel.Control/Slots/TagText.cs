namespace Chunnel.Control;

/// <summary>Tags in words: the same tags give the same words.</summary>
internal static class TagText
{
    /// <summary><c>{disk=ssd, zone=az1}</c></summary>
    public static string Of(IReadOnlyDictionary<string, string> tags) =>
        $"{{{string.Join(", ", tags.OrderBy(tag => tag.Key, StringComparer.Ordinal).Select(tag => $"{tag.Key}={tag.Value}"))}}}";
}
