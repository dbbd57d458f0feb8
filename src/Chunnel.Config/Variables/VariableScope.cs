using Chunnel.Core;

namespace Chunnel.Config.Variables;

/// <summary>
/// Who answers for a name: <c>-i</c> first, then system properties; the environment only for names outside quotes. Without
/// variables (a job over REST) quoted placeholders stay as they are.
/// </summary>
internal sealed class VariableScope(
    JobVariables? variables,
    IReadOnlyDictionary<string, string> properties,
    IReadOnlyDictionary<string, string> environment)
{
    public VariableValue? Given(string name) =>
        variables?[name] ?? (properties.TryGetValue(name, out var property) ? new VariableValue(property) : null);

    public VariableValue? FromEnvironment(string name) =>
        environment.TryGetValue(name, out var value) ? new VariableValue(value) : null;

    /// <summary>Puts values and defaults into a quoted text; the same string comes back when nothing was to fill.</summary>
    public string Fill(string text)
    {
        if (variables is null || !text.Contains("${", StringComparison.Ordinal)) return text;
        return Placeholders.Replace(text, (name, fallback) =>
        {
            if (ReservedNames.Contains(name)) return null;
            return Given(name) is { Text: { Length: > 0 } value } ? value : fallback;
        });
    }
}
