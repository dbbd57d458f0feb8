using Chunnel.Config.Variables;
using Chunnel.Core;

namespace Chunnel.Config.Json;

/// <summary>A job written in JSON: strict, sections as arrays, the rules of quoted text for variables.</summary>
internal static class JsonJob
{
    public static SettingsObject? Read(SourceText source, VariableScope scope, List<Problem> problems)
    {
        var (value, mistakes) = JsonParser.Parse(source);
        problems.AddRange(mistakes);
        if (mistakes.Count > 0) return null;
        if (value is SettingsObject root) return (SettingsObject)QuotedVariables.Fill(root, scope);
        problems.Add(new Problem(CommonErrors.ConfigValidateFailed, "A job is a JSON object.")
        {
            Where = value.Where,
            Mend = "Begin with { \"env\": { }, \"source\": [ ], \"sink\": [ ] }.",
        });
        return null;
    }
}
