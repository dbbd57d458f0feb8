using System.Text;
using System.Text.RegularExpressions;

namespace Chunnel.Transforms.Patterns;

/// <summary>What matches are replaced by, as Java reads it: <c>$1</c> and <c>${name}</c> are groups, a backslash takes the meaning from the next character.</summary>
internal sealed class JavaReplacement
{
    private readonly List<(string? Text, int Group)> _pieces;

    private JavaReplacement(List<(string? Text, int Group)> pieces) => _pieces = pieces;

    /// <summary>The text when it holds no group.</summary>
    public string? Literal => _pieces.Count == 0 ? "" : _pieces is [{ Text: { } text }] ? text : null;

    /// <summary>The replacement for a pattern's groups, or null and the reason in words.</summary>
    public static JavaReplacement? TryParse(string text, JavaPattern pattern, out string? problem)
    {
        var pieces = new List<(string? Text, int Group)>();
        var literal = new StringBuilder();
        problem = null;
        for (var at = 0; at < text.Length && problem is null; at++)
        {
            if (text[at] == '\\')
            {
                if (++at == text.Length) problem = "it ends with a backslash";
                else literal.Append(text[at]);
            }
            else if (text[at] == '$')
            {
                if (literal.Length > 0) pieces.Add((literal.ToString(), 0));
                literal.Clear();
                problem = ReadGroup(text, ref at, pattern, pieces);
            }
            else literal.Append(text[at]);
        }
        if (literal.Length > 0) pieces.Add((literal.ToString(), 0));
        return problem is null ? new JavaReplacement(pieces) : null;
    }

    /// <summary>Appends the replacement of one match; a group that took no part is empty.</summary>
    public void AppendTo(StringBuilder to, Match match)
    {
        foreach (var (text, group) in _pieces)
        {
            if (text is null) to.Append(match.Groups[group].ValueSpan);
            else to.Append(text);
        }
    }

    /// <summary>The group behind a $; leaves the place on its last character.</summary>
    private static string? ReadGroup(string text, ref int at, JavaPattern pattern, List<(string? Text, int Group)> pieces)
    {
        if (at + 1 < text.Length && text[at + 1] == '{')
        {
            var end = text.IndexOf('}', at);
            if (end < 0) return "a ${ is not closed";
            var name = text[(at + 2)..end];
            at = end;
            if (!pattern.Names.TryGetValue(name, out var named)) return $"the pattern has no group '{name}'";
            pieces.Add((null, named));
            return null;
        }
        if (at + 1 >= text.Length || !char.IsAsciiDigit(text[at + 1])) return "a $ is followed by no group: write \\$ for the sign";
        var groups = pattern.Regex.GetGroupNumbers();
        var number = text[++at] - '0';
        if (!groups.Contains(number)) return $"the pattern has no group {number}";
        // As many digits as still name a group of the pattern.
        while (at + 1 < text.Length && char.IsAsciiDigit(text[at + 1]) && groups.Contains(number * 10 + text[at + 1] - '0')) number = number * 10 + text[++at] - '0';
        pieces.Add((null, number));
        return null;
    }
}
