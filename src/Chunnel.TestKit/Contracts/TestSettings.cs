using Chunnel.Core;

namespace Chunnel.TestKit;

/// <summary>Plug-in settings as tests write them: JSON.</summary>
public static class TestSettings
{
    public static SettingsObject Of(string json)
    {
        var (value, problems) = JsonParser.Parse(new SourceText("test.json", json));
        return problems.Count == 0 && value is SettingsObject settings
            ? settings
            : throw new ArgumentException($"No JSON object: {string.Join("; ", problems)}", nameof(json));
    }
}
