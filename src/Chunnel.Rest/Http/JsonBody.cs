using Chunnel.Core;

namespace Chunnel.Rest;

/// <summary>Bodies that must hold JSON of a certain kind.</summary>
internal static class JsonBody
{
    /// <exception cref="RestRefusal">The text is empty, no JSON, or no object.</exception>
    public static SettingsObject ReadObject(string text) =>
        Read(text) as SettingsObject ?? throw RestRefusal.BadRequest(WireTexts.BodyNotJson, "The body must be a JSON object.");

    /// <exception cref="RestRefusal">The text is empty, no JSON, or no array.</exception>
    public static SettingsList ReadList(string text) =>
        Read(text) as SettingsList ?? throw RestRefusal.BadRequest(WireTexts.BodyNotJson, "The body must be a JSON array.");

    private static SettingsNode Read(string text)
    {
        if (string.IsNullOrWhiteSpace(text)) throw RestRefusal.BadRequest(WireTexts.BodyEmpty);
        var (value, mistakes) = JsonParser.Parse(new SourceText("job", text));
        if (mistakes.Count > 0) throw RestRefusal.BadRequest(WireTexts.BodyNotJson, string.Join("; ", mistakes.Select(Shortly)));
        return value;
    }

    private static string Shortly(Problem mistake) => $"line {mistake.Where.Line}, column {mistake.Where.Column}: {mistake.What}";
}
