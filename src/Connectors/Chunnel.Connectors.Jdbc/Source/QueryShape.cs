namespace Chunnel.Connectors.Jdbc;

/// <summary>What can be told of a query without understanding it.</summary>
internal static class QueryShape
{
    private static readonly HashSet<string> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        "where", "group", "having", "order", "limit", "offset", "fetch", "for", "union", "intersect", "except", "window", "with", "qualify",
    };

    /// <summary>True for <c>select ... from ...</c> with nothing behind it: a condition can be put there. Words in quotes, comments and brackets do not count.</summary>
    public static bool IsPlain(string query)
    {
        var depth = 0;
        foreach (var (word, sign) in Pieces(query))
        {
            if (sign == '(') depth++;
            else if (sign == ')') depth--;
            else if (depth == 0 && Words.Contains(word)) return false;
            else if (sign == '-') return false;
        }
        return true;
    }

    /// <summary>Words and signs outside quotes; '-' for a comment.</summary>
    private static IEnumerable<(string Word, char Sign)> Pieces(string query)
    {
        for (var at = 0; at < query.Length;)
        {
            var c = query[at];
            if (char.IsLetter(c) || c == '_')
            {
                var start = at;
                while (at < query.Length && (char.IsLetterOrDigit(query[at]) || query[at] == '_')) at++;
                yield return (query[start..at], ' ');
            }
            else if (c is '\'' or '"')
            {
                var end = query.IndexOf(c, at + 1);
                at = end < 0 ? query.Length : end + 1;
            }
            else
            {
                if (c is '(' or ')') yield return ("", c);
                if (query.AsSpan(at).StartsWith("--") || query.AsSpan(at).StartsWith("/*")) yield return ("", '-');
                at++;
            }
        }
    }
}
