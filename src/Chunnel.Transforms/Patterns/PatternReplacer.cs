using System.Text;
using System.Text.RegularExpressions;
using Chunnel.Core;

namespace Chunnel.Transforms.Patterns;

/// <summary>
/// Texts with the matches of a pattern replaced. A text without a match costs no more than the search and is copied as it is; a replacement that
/// names no group makes no objects.
/// </summary>
internal sealed class PatternReplacer(bool firstOnly)
{
    private Characters _characters = new();
    private readonly StringBuilder _result = new();
    private char[] _chars = [];

    /// <summary>Appends the text's successor.</summary>
    /// <exception cref="RegexMatchTimeoutException">The search took too long; nothing is appended.</exception>
    public void Append(JavaPattern pattern, JavaReplacement replacement, ReadOnlySpan<byte> utf8, TextBuilder to)
    {
        var text = _characters.Of(utf8);
        if (!pattern.Regex.IsMatch(text))
        {
            to.Append(utf8);
            return;
        }
        _result.Clear();
        if (replacement.Literal is { } literal) ReplaceBy(literal, pattern.Regex, text);
        else ReplaceByGroups(replacement, pattern.Regex, text.ToString());
        if (_chars.Length < _result.Length) _chars = new char[2 * _result.Length];
        _result.CopyTo(0, _chars, _result.Length);
        Characters.Append(_chars.AsSpan(0, _result.Length), to);
    }

    private void ReplaceBy(string literal, Regex regex, ReadOnlySpan<char> text)
    {
        var from = 0;
        foreach (var match in regex.EnumerateMatches(text))
        {
            _result.Append(text[from..match.Index]).Append(literal);
            from = match.Index + match.Length;
            if (firstOnly) break;
        }
        _result.Append(text[from..]);
    }

    private void ReplaceByGroups(JavaReplacement replacement, Regex regex, string text)
    {
        var from = 0;
        for (var match = regex.Match(text); match.Success; match = match.NextMatch())
        {
            _result.Append(text, from, match.Index - from);
            replacement.AppendTo(_result, match);
            from = match.Index + match.Length;
            if (firstOnly) break;
        }
        _result.Append(text, from, text.Length - from);
    }
}
