using System.Text;
using System.Text.RegularExpressions;
using Chunnel.Core;

namespace Chunnel.Transforms.Patterns;

/// <summary>Texts with the matches of one pattern replaced. A text without a match is copied as it is.</summary>
internal sealed class PatternReplacer(JavaPattern pattern, JavaReplacement replacement, bool firstOnly)
{
    private readonly PatternSearch _search = new();
    private readonly StringBuilder _result = new();
    private char[] _chars = [];

    /// <summary>Appends the text's successor.</summary>
    /// <exception cref="RegexMatchTimeoutException">The search took too long; nothing is appended.</exception>
    public void Append(ReadOnlySpan<byte> utf8, TextBuilder to)
    {
        var text = _search.Characters(utf8);
        if (!pattern.Regex.IsMatch(text))
        {
            to.Append(utf8);
            return;
        }
        _result.Clear();
        if (replacement.Literal is { } literal) ReplaceBy(literal, text);
        else ReplaceByGroups(text.ToString());
        if (_chars.Length < _result.Length) _chars = new char[2 * _result.Length];
        _result.CopyTo(0, _chars, _result.Length);
        Append(_chars.AsSpan(0, _result.Length), to);
    }

    /// <summary>Appends characters as a value.</summary>
    public static void Append(ReadOnlySpan<char> text, TextBuilder to)
    {
        to.EnsureCapacity(to.Count + 1);
        var length = Encoding.UTF8.GetBytes(text, to.Space(3 * text.Length));
        to.Ends[to.Count] = to.ByteCount + length;
        to.Advance(1, length);
    }

    private void ReplaceBy(string literal, ReadOnlySpan<char> text)
    {
        var from = 0;
        foreach (var match in pattern.Regex.EnumerateMatches(text))
        {
            _result.Append(text[from..match.Index]).Append(literal);
            from = match.Index + match.Length;
            if (firstOnly) break;
        }
        _result.Append(text[from..]);
    }

    private void ReplaceByGroups(string text)
    {
        var from = 0;
        for (var match = pattern.Regex.Match(text); match.Success; match = match.NextMatch())
        {
            _result.Append(text, from, match.Index - from);
            replacement.AppendTo(_result, match);
            from = match.Index + match.Length;
            if (firstOnly) break;
        }
        _result.Append(text, from, text.Length - from);
    }
}
