namespace Chunnel.Core;

// Values that hold several: lists, maps and objects, or their text forms.
public static partial class SettingsConvert
{
    /// <summary>A list, a JSON array in a text, or texts with commas between them; blanks around each are dropped.</summary>
    public static IReadOnlyList<string> ToTextList(string key, SettingsNode value)
    {
        if (value is SettingsList list) return [.. list.Items.Select(ToText)];
        if (value is SettingsObject) throw NotJson(key, value, "List<String>");
        var text = ToText(value).Trim();
        if (text is ['[', .., ']'] && ParseJson(text, value) is SettingsList inner) return [.. inner.Items.Select(ToText)];
        return text.Length == 0 ? [] : text.Split(',', StringSplitOptions.TrimEntries);
    }

    /// <summary>The items of a list, or of a JSON array in a text.</summary>
    public static IReadOnlyList<SettingsNode> ToList(string key, SettingsNode value) =>
        AsStructure(value) is SettingsList list ? list.Items : throw NotJson(key, value, "List");

    public static SettingsObject ToObject(string key, SettingsNode value) =>
        AsStructure(value) as SettingsObject ?? throw NotJson(key, value, "Map");

    public static IReadOnlyList<SettingsObject> ToObjectList(string key, SettingsNode value)
    {
        if (AsStructure(value) is not SettingsList list) throw NotJson(key, value, "List<Map>");
        return [.. list.Items.Select(item => AsStructure(item) as SettingsObject ?? throw NotJson(key, item, "Map"))];
    }

    /// <summary>Keys and text values in the order of the file. A nested object counts with dotted keys.</summary>
    public static IReadOnlyDictionary<string, string> ToTextMap(string key, SettingsNode value)
    {
        var map = new Dictionary<string, string>();
        AddTo(map, "", ToObject(key, value));
        return map;
    }

    private static void AddTo(Dictionary<string, string> map, string prefix, SettingsObject from)
    {
        foreach (var (name, value) in from.Entries)
        {
            if (value is SettingsObject inner) AddTo(map, $"{prefix}{name}.", inner);
            else map[prefix + name] = ToText(value);
        }
    }

    private static SettingsNode? AsStructure(SettingsNode value) =>
        value is SettingsScalar { Kind: ScalarKind.Text } scalar ? ParseJson(scalar.Text, value) : value;

    private static SettingsNode? ParseJson(string text, SettingsNode at)
    {
        var (value, problems) = JsonParser.Parse(SourceText.Inside(text, at.Where));
        return problems.Count == 0 ? value : null;
    }

    private static ChunnelException NotJson(string key, SettingsNode value, string type) =>
        Wrong(key, value, $"Json parsing exception, value '{Shown(key, value)}', and expected type '{type}'. The option is '{key}'.");
}
