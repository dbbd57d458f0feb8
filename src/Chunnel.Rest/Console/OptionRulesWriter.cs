using System.Text.Json;
using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Rest;

/// <summary>Writes what a plug-in can be told, in the members that SeaTunnel's own page makes its form from.</summary>
internal static class OptionRulesWriter
{
    public static void Write(Utf8JsonWriter json, PluginDefinition plugin)
    {
        json.WriteStartObject();
        json.WriteString("engineType", "seatunnel");
        json.WriteString("pluginType", plugin.Kind.ToString().ToLowerInvariant());
        json.WriteString("pluginName", plugin.Name);
        json.WriteStartObject("optionRule");
        WriteOptions(json, "optionalOptions", plugin.Options.Options.Where(option => !option.Required));
        json.WriteStartArray("requiredOptions");
        var required = plugin.Options.Options.Where(option => option.Required).ToList();
        if (required.Count > 0) WriteRule(json, "ABSOLUTELY_REQUIRED", required, expression: null);
        foreach (var rule in plugin.Options.Rules) WriteRule(json, WordOf(rule.Kind), rule.Members, rule.Condition);
        json.WriteEndArray();
        WriteNone(json, "conditionRules");
        WriteNone(json, "valueConstraints");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static string WordOf(OptionRuleKind kind) => kind switch
    {
        OptionRuleKind.Exclusive => "EXCLUSIVE",
        OptionRuleKind.Bundled => "BUNDLED",
        _ => "CONDITIONAL",
    };

    private static void WriteRule(Utf8JsonWriter json, string kind, IEnumerable<OptionDescription> options, string? expression)
    {
        json.WriteStartObject();
        json.WriteString("ruleType", kind);
        WriteOptions(json, "options", options);
        json.WriteString("expression", expression);
        json.WriteEndObject();
    }

    private static void WriteOptions(Utf8JsonWriter json, string name, IEnumerable<OptionDescription> options)
    {
        json.WriteStartArray(name);
        foreach (var option in options) WriteOption(json, option);
        json.WriteEndArray();
    }

    private static void WriteOption(Utf8JsonWriter json, OptionDescription option)
    {
        json.WriteStartObject();
        json.WriteString("key", option.Key);
        json.WriteString("type", option.TypeText);
        json.WriteString("defaultValue", option.DefaultText);
        json.WriteString("description", option.Description);
        json.WriteStartArray("fallbackKeys");
        foreach (var old in option.OldKeys) json.WriteStringValue(old);
        json.WriteEndArray();
        if (option.Choices.Count == 0)
        {
            json.WriteNull("optionValues");
        }
        else
        {
            json.WriteStartArray("optionValues");
            foreach (var choice in option.Choices) json.WriteStringValue(choice);
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }

    private static void WriteNone(Utf8JsonWriter json, string name)
    {
        json.WriteStartArray(name);
        json.WriteEndArray();
    }
}
