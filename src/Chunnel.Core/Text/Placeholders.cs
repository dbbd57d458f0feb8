using System.Text;

namespace Chunnel.Core;

/// <summary>Finds <c>${name}</c> and <c>${name:default}</c> in a text. A name holds no colon and no brace; a default no closing brace.</summary>
public static class Placeholders
{
    /// <summary>What stands for a placeholder; null keeps it as it is. <paramref name="fallback"/> is the trimmed default, null when there is none.</summary>
    public delegate string? Answer(string name, string? fallback);

    /// <summary>The text with every placeholder answered; the same string when nothing changed.</summary>
    public static string Replace(string text, Answer answer)
    {
        var filled = default(StringBuilder);
        var done = 0;
        var end = -1;
        for (var at = text.IndexOf("${", StringComparison.Ordinal); at >= 0; at = text.IndexOf("${", at + 1, StringComparison.Ordinal))
        {
            // The closing brace found for an earlier start serves again: a text full of starts is read once, not once per start.
            if (end < at) end = text.IndexOf('}', at);
            if (end < 0) break;
            var nameEnd = text.AsSpan(at + 2).IndexOfAny(":{}") + at + 2;
            if (nameEnd == at + 2 || text[nameEnd] == '{') continue;
            var fallback = text[nameEnd] == ':' ? text[(nameEnd + 1)..end].Trim() : null;
            if (answer(text[(at + 2)..nameEnd], fallback) is not { } value) continue;
            filled ??= new StringBuilder();
            filled.Append(text, done, at - done).Append(value);
            done = end + 1;
            at = end;
        }
        return filled is null ? text : filled.Append(text, done, text.Length - done).ToString();
    }
}
