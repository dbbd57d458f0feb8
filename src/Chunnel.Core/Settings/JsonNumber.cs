namespace Chunnel.Core;

/// <summary>The form of a JSON number: <c>-12</c>, <c>1.10</c>, <c>2e3</c>; no plus, no leading zeros.</summary>
public static class JsonNumber
{
    public static bool IsOne(ReadOnlySpan<char> text)
    {
        var at = text is ['-', ..] ? 1 : 0;
        if (at >= text.Length) return false;
        if (text[at] == '0') at++;
        else if (!Digits(text, ref at)) return false;
        if (at < text.Length && text[at] == '.')
        {
            at++;
            if (!Digits(text, ref at)) return false;
        }
        if (at < text.Length && text[at] is 'e' or 'E')
        {
            at++;
            if (at < text.Length && text[at] is '+' or '-') at++;
            if (!Digits(text, ref at)) return false;
        }
        return at == text.Length;
    }

    private static bool Digits(ReadOnlySpan<char> text, ref int at)
    {
        var start = at;
        while (at < text.Length && char.IsAsciiDigit(text[at])) at++;
        return at > start;
    }
}
