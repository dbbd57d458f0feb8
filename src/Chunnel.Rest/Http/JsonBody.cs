using Chunnel.Core;

namespace Chunnel.Rest;

/// <summary>Bodies that must hold a JSON object.</summary>
internal static class JsonBody
{
    /// <exception cref="RestRefusal">The text is empty, no JSON, or no object.</exception>
    public static SettingsObject ReadObject(string text)
    {
        if (string.IsNullOrWhiteSpace(text)) throw RestRefusal.BadRequest(WireTexts.BodyEmpty);
        var (value, mistakes) = JsonParser.Parse(new SourceText("body", text));
        if (mistakes.Count > 0) throw RestRefusal.BadRequest(WireTexts.BodyNotJson, string.Join("; ", mistakes.Select(Shortly)));
        return value as SettingsObject ?? throw RestRefusal.BadRequest(WireTexts.BodyNotJson, "The body must be a JSON object.");
    }

    private static string Shortly(Problem mistake) => $"line {mistake.Where.Line}, column {mistake.Where.Column}: {mistake.What}";
}
