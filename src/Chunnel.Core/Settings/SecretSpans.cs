using System.Buffers;
using System.Text.RegularExpressions;

namespace Chunnel.Core;

/// <summary>
/// Where secrets stand in a text that a person wrote: values after secret keys in HOCON, JSON, SQL, YAML and in addresses, passwords before the
/// host of an address, and whatever <c>shade.options</c> names. Found by shape, so it holds for a text that cannot be parsed too; in doubt more
/// is hidden.
/// </summary>
internal static partial class SecretSpans
{
    private static readonly SearchValues<char> _bareEnds = SearchValues.Create("\r\n,&;\"'}]");

    /// <summary>Begin and end of every secret, in the order of the text; they may overlap.</summary>
    public static IReadOnlyList<(int Start, int End)> Find(string text, IReadOnlyCollection<string> alsoSecret)
    {
        var spans = new List<(int Start, int End)>();
        foreach (var (key, start) in SecretShapes.KeysBeforeValues(text))
        {
            if (key == Secrets.ShadeProperties || Secrets.IsSecret(key, alsoSecret)) spans.Add((start, start + LengthOf(text.AsSpan(start))));
        }
        SecretShapes.AddOfUserInfo(text, spans);
        SecretShapes.AddOfOracle(text, spans);
        spans.Sort();
        return spans;
    }

    /// <summary>The keys that <c>shade.options</c> names, read without parsing.</summary>
    public static IEnumerable<string> ShadeOptionsIn(string text) =>
        text.Contains("shade", StringComparison.Ordinal)
            ? ShadeOptions().Matches(text).SelectMany(match => Word().Matches(match.Groups["keys"].Value)).Select(word => word.Value)
            : [];

    /// <summary>How long a value is: quoted pieces and what is glued to them, a list or object to its end, else up to what can end a bare value.</summary>
    private static int LengthOf(ReadOnlySpan<char> rest)
    {
        if (rest is ['[' or '{', ..]) return BracketedLength(rest);
        var at = PieceLength(rest);
        if (QuotedLength(rest) == 0) return rest[..at].TrimEnd().Length;
        while (true)
        {
            // HOCON glues what stands side by side: "a" b ${c}
            var next = rest[at..].TrimStart(" \t");
            if (next is not ['"' or '\'' or '$', ..] && !(next.Length > 0 && char.IsLetterOrDigit(next[0]))) return at;
            at = rest.Length - next.Length;
            at += PieceLength(next);
        }
    }

    private static int PieceLength(ReadOnlySpan<char> rest)
    {
        if (QuotedLength(rest) is var quoted and > 0) return quoted;
        var at = 0;
        while (true)
        {
            var end = rest[at..].IndexOfAny(_bareEnds);
            var reference = rest[at..].IndexOf("${");
            if (reference < 0 || (end >= 0 && end < reference)) return end < 0 ? rest.Length : at + end;
            at += reference;
            at += ToClosing(rest[at..], 2, "}");
        }
    }

    /// <summary>Of a text in quotes, triple quotes, or quotes that are escaped because all of it stands in quotes; 0 for none. One that is never closed takes the rest of its line, or of the text.</summary>
    private static int QuotedLength(ReadOnlySpan<char> rest)
    {
        var slashes = rest.IndexOfAnyExcept('\\');
        if (slashes < 0 || rest[slashes] is not ('"' or '\'')) return 0;
        if (slashes == 0 && rest.StartsWith("\"\"\"")) return ToClosing(rest, 3, "\"\"\"");
        if (slashes > 0) return ToClosing(rest, slashes + 1, rest[..(slashes + 1)]);
        var quote = rest[0];
        for (var at = 1; at < rest.Length; at++)
        {
            if (rest[at] == '\\') at++;
            else if (rest[at] == quote) return at + 1;
            // Only SQL's quotes go over lines; one of the others that is open at its line's end was never closed.
            else if (quote == '"' && rest[at] == '\n') return at;
        }
        return rest.Length;
    }

    private static int ToClosing(ReadOnlySpan<char> rest, int from, ReadOnlySpan<char> closing)
    {
        var at = rest[from..].IndexOf(closing);
        return at < 0 ? rest.Length : from + at + closing.Length;
    }

    private static int BracketedLength(ReadOnlySpan<char> rest)
    {
        var depth = 0;
        for (var at = 0; at < rest.Length; at++)
        {
            if (rest[at] is '"' or '\'') at += QuotedLength(rest[at..]) - 1;
            else if (rest[at] is '[' or '{') depth++;
            else if (rest[at] is ']' or '}' && --depth == 0) return at + 1;
        }
        return rest.Length;
    }

    [GeneratedRegex("""shade["']?\s*[.=:]?\s*\{?[^{}\[\]]*options["']?\s*\+?[=:]\s*\[(?<keys>[^\]]*)\]""", RegexOptions.NonBacktracking)]
    private static partial Regex ShadeOptions();

    [GeneratedRegex("""[\w.\-]+""", RegexOptions.NonBacktracking)]
    private static partial Regex Word();
}
