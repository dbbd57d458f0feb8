namespace Chunnel.Config.Sql;

/// <summary>Reads the words of one statement.</summary>
internal static class SqlTokenizer
{
    public static List<SqlToken> Read(string text)
    {
        var tokens = new List<SqlToken>();
        for (var at = 0; at < text.Length;)
        {
            if (char.IsWhiteSpace(text[at]))
            {
                at++;
                continue;
            }
            var token = text[at] switch
            {
                '\'' => ReadText(text, at),
                '`' or '"' => ReadQuotedName(text, at),
                _ => ReadPlain(text, at),
            };
            tokens.Add(token);
            at = token.End;
        }
        tokens.Add(new SqlToken(SqlTokenKind.End, "", text.Length, text.Length));
        return tokens;
    }

    private static SqlToken ReadText(string text, int start)
    {
        var end = start + 1;
        while (end < text.Length)
        {
            if (text[end] != '\'') end++;
            else if (end + 1 < text.Length && text[end + 1] == '\'') end += 2;
            else break;
        }
        return new SqlToken(SqlTokenKind.Text, text[(start + 1)..end].Replace("''", "'"), start, Math.Min(end + 1, text.Length), Quoted: true);
    }

    private static SqlToken ReadQuotedName(string text, int start)
    {
        var end = text.IndexOf(text[start], start + 1);
        if (end < 0) end = text.Length - 1;
        return new SqlToken(SqlTokenKind.Name, text[(start + 1)..Math.Max(start + 1, end)], start, end + 1, Quoted: true);
    }

    private static SqlToken ReadPlain(string text, int start)
    {
        var end = start;
        while (end < text.Length && IsNameCharacter(text[end])) end++;
        return end > start
            ? new SqlToken(SqlTokenKind.Name, text[start..end], start, end)
            : new SqlToken(SqlTokenKind.Symbol, text[start].ToString(), start, start + 1);
    }

    private static bool IsNameCharacter(char c) => char.IsLetterOrDigit(c) || c is '_' or '$' or '.' or '-' || c > '\u00ff';
}
