namespace Chunnel.Config.Variables;

/// <summary>Cuts a text at commas, but not inside double quotes and not inside one level of brackets or braces.</summary>
internal static class VariableSplitter
{
    public static IReadOnlyList<string> Split(string text)
    {
        var parts = new List<string>();
        var start = 0;
        for (var at = 0; at < text.Length; at++)
        {
            if (ClosingOf(text[at]) is { } closing && text.IndexOf(closing, at + 1) is var end and > 0) at = end;
            else if (text[at] == ',')
            {
                parts.Add(text[start..at].Trim());
                start = at + 1;
            }
        }
        parts.Add(text[start..].Trim());
        return parts;
    }

    /// <summary>The value without the double quotes that protected its commas.</summary>
    public static VariableValue Unquoted(string value) =>
        value is ['"', .., '"'] ? new VariableValue(value[1..^1]) { Quoted = true } : new VariableValue(value);

    private static char? ClosingOf(char opening) => opening switch
    {
        '"' => '"',
        '[' => ']',
        '{' => '}',
        _ => null,
    };
}
