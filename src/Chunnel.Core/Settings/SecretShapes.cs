using System.Globalization;

namespace Chunnel.Core;

/// <summary>
/// The shapes that secrets have in a text. What each finds is what the pattern beside it finds from left to right; in one pass, since texts
/// come from anywhere, and without the second that an engine for patterns adds to twenty starts.
/// </summary>
internal static class SecretShapes
{
    private const string BeforeHost = "://";
    private const string BeforeOracle = "jdbc:oracle:";

    /// <summary>Keys, and where their values begin: <c>[\w.\-]+\\*["'`]?\s*(\+?[=:]\s*|(?=\{))</c>. The quotes behind a key are escaped where all of it stands in a text.</summary>
    public static IEnumerable<(string Key, int Value)> KeysBeforeValues(string text)
    {
        var at = 0;
        while (at < text.Length)
        {
            if (!IsOfKey(text[at]))
            {
                at++;
                continue;
            }
            var start = at;
            while (at < text.Length && IsOfKey(text[at])) at++;
            var end = at;
            while (at < text.Length && text[at] == '\\') at++;
            if (at < text.Length && text[at] is '"' or '\'' or '`') at++;
            at = SpacesEnd(text, at);
            if (at < text.Length && text[at] == '{')
            {
                yield return (text[start..end], at++);
                continue;
            }
            if (at < text.Length && text[at] == '+') at++;
            if (at < text.Length && text[at] is '=' or ':')
            {
                at = SpacesEnd(text, at + 1);
                yield return (text[start..end], at);
                continue;
            }
            at = end;
        }
    }

    /// <summary>scheme://user:secret@host: <c>://[^\s"'/:@]*:([^\s"']*)@</c>.</summary>
    public static void AddOfUserInfo(string text, List<(int Start, int End)> spans)
    {
        var at = 0;
        while (text.IndexOf(BeforeHost, at, StringComparison.Ordinal) is var found and >= 0)
        {
            at = found + 1;
            var colon = found + BeforeHost.Length;
            while (colon < text.Length && !IsEnd(text[colon]) && text[colon] is not ('/' or ':' or '@')) colon++;
            if (colon == text.Length || text[colon] != ':') continue;
            // A password may have an @ in it; none behind this colon, and none behind a later one of the same piece.
            var end = PieceEnd(text, colon);
            var last = text.AsSpan(colon, end - colon).LastIndexOf('@');
            if (last > 1) spans.Add((colon + 1, colon + last));
            at = last < 0 ? end : colon + last + 1;
        }
    }

    /// <summary>jdbc:oracle:thin:user/secret@host: <c>jdbc:oracle:\w+:[^\s"'/@]*/([^\s"'@]*)@</c>.</summary>
    public static void AddOfOracle(string text, List<(int Start, int End)> spans)
    {
        var at = 0;
        while (text.IndexOf(BeforeOracle, at, StringComparison.Ordinal) is var found and >= 0)
        {
            at = found + 1;
            var driver = found + BeforeOracle.Length;
            var colon = driver;
            while (colon < text.Length && IsOfWord(text[colon])) colon++;
            if (colon == driver || colon == text.Length || text[colon] != ':') continue;
            var slash = colon + 1;
            while (slash < text.Length && !IsEnd(text[slash]) && text[slash] is not ('/' or '@')) slash++;
            at = slash;
            if (slash == text.Length || text[slash] != '/') continue;
            var host = slash + 1;
            while (host < text.Length && !IsEnd(text[host]) && text[host] != '@') host++;
            at = host;
            if (host < text.Length && text[host] == '@' && host > slash + 1) spans.Add((slash + 1, host));
        }
    }

    private static int SpacesEnd(string text, int at)
    {
        while (at < text.Length && char.IsWhiteSpace(text[at])) at++;
        return at;
    }

    private static int PieceEnd(string text, int at)
    {
        while (at < text.Length && !IsEnd(text[at])) at++;
        return at;
    }

    private static bool IsEnd(char one) => char.IsWhiteSpace(one) || one is '"' or '\'';

    private static bool IsOfKey(char one) => one is '.' or '-' || IsOfWord(one);

    // As \w is defined: letters, marks, decimal digits, connectors.
    private static bool IsOfWord(char one) => char.IsAsciiLetterOrDigit(one) || one == '_' || (!char.IsAscii(one) && CharUnicodeInfo.GetUnicodeCategory(one)
        is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter
        or UnicodeCategory.OtherLetter or UnicodeCategory.NonSpacingMark or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.ConnectorPunctuation);
}
