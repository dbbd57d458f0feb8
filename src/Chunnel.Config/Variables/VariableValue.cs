using Chunnel.Core;

namespace Chunnel.Config.Variables;

/// <summary>A value from outside the file. In a quoted text it is its text; where it stands alone its form says its type.</summary>
public sealed record VariableValue(string Text)
{
    /// <summary>It was given in double quotes, so it is text whatever it looks like.</summary>
    public bool Quoted { get; init; }

    /// <summary>50 is a number, true a boolean, [a,b] a list, {"k":"v"} a map, all else text (spec config.md 3.3).</summary>
    public SettingsNode ToNode(TextPosition where)
    {
        var trimmed = Text.Trim();
        if (Quoted) return AsText(Text, where);
        if (trimmed is ['"', .., '"'] && Json(trimmed, where) is SettingsScalar text) return text;
        if (trimmed is "true" or "false") return new SettingsScalar(trimmed, ScalarKind.Boolean) { Where = where };
        if (JsonNumber.IsOne(trimmed)) return new SettingsScalar(trimmed, ScalarKind.Number) { Where = where };
        if (trimmed is ['{', .., '}'] && Json(trimmed, where) is SettingsObject map) return map;
        if (trimmed is ['[', .., ']']) return Json(trimmed, where) as SettingsList ?? BareList(trimmed[1..^1], where);
        return AsText(Text, where);
    }

    private static SettingsScalar AsText(string text, TextPosition where) => new(text, ScalarKind.Text) { Quoted = true, Where = where };

    private static SettingsList BareList(string text, TextPosition where) =>
        new([.. VariableSplitter.Split(text).Where(item => item.Length > 0).Select(item => AsText(VariableSplitter.Unquoted(item).Text, where))]) { Where = where };

    private static SettingsNode? Json(string text, TextPosition where)
    {
        var (value, problems) = JsonParser.Parse(SourceText.Inside(text, where));
        return problems.Count == 0 ? value : null;
    }
}
