using System.Text;
using Chunnel.Core;

namespace Chunnel.Config.Hocon;

// Blanks, comments, keys and single words.
internal sealed partial class HoconParser
{
    private const string Reserved = "$\"{}[]:=,+#`^?!@*&\\";

    private char Peek() => _at < _text.Length ? _text[_at] : '\0';

    private bool IsWordCharacter(int at) =>
        !Reserved.Contains(_text[at]) && !char.IsWhiteSpace(_text[at]) && !StartsComment(at);

    private bool StartsComment(int at) =>
        at < _text.Length && (_text[at] == '#' || (_text[at] == '/' && at + 1 < _text.Length && _text[at + 1] == '/'));

    private int WordLength()
    {
        var end = _at;
        while (end < _text.Length && IsWordCharacter(end)) end++;
        return end - _at;
    }

    private string Word()
    {
        var length = WordLength();
        if (length == 0) return _at < _text.Length ? _text[_at].ToString() : "";
        return length <= 40 ? _text.Substring(_at, length) : string.Concat(_text.AsSpan(_at, 40), "...");
    }

    private string Next() => _at >= _text.Length ? "the end of the file" : $"'{Word()}'";

    /// <summary>Skips blanks, line breaks and comments. True when a line break was among them.</summary>
    private bool SkipBlankLines()
    {
        var crossed = false;
        while (_at < _text.Length)
        {
            if (char.IsWhiteSpace(_text[_at])) crossed |= _text[_at++] == '\n';
            else if (StartsComment(_at)) SkipToLineEnd();
            else break;
        }
        return crossed;
    }

    private string TakeBlanks()
    {
        var start = _at;
        while (_at < _text.Length && _text[_at] != '\n' && char.IsWhiteSpace(_text[_at])) _at++;
        return _text[start.._at];
    }

    private void SkipToLineEnd()
    {
        var end = _text.IndexOf('\n', _at);
        _at = end < 0 ? _text.Length : end;
    }

    /// <summary>Reads a key: quoted and unquoted pieces up to <c>=</c>, <c>:</c>, <c>{</c>, <c>+=</c> or the end of the line.</summary>
    private HoconKey? ParseKey(bool verbatim)
    {
        var start = _at;
        var segments = new List<StringBuilder> { new() };
        var blanks = "";
        while (_at < _text.Length)
        {
            var c = Peek();
            if (c == '"')
            {
                if (ParseQuoted() is not { } quoted) return null;
                segments[^1].Append(blanks).Append(quoted.Text);
            }
            else if (WordLength() is var length and > 0)
            {
                AddWord(segments, blanks, _text.Substring(_at, length), verbatim);
                _at += length;
            }
            else if (c is '\n' or '=' or ':' or '{' or ',' or '}' || StartsComment(_at) || _text.AsSpan(_at).StartsWith("+="))
            {
                break;
            }
            else
            {
                Wrong(_at, 1, $"The character '{c}' is not allowed in a key outside quotes.", "Put the key in double quotes.");
                return null;
            }
            blanks = TakeBlanks();
        }
        _at -= blanks.Length;
        if (_at == start)
        {
            Wrong(_at, 1, $"A key is expected here, not {Next()}.", null);
            return null;
        }
        return new HoconKey([.. segments.Select(segment => segment.ToString().Trim())], _source.At(start, _at - start));
    }

    private static void AddWord(List<StringBuilder> segments, string blanks, string word, bool verbatim)
    {
        var pieces = verbatim ? [word] : word.Split("->");
        segments[^1].Append(blanks).Append(pieces[0]);
        segments.AddRange(pieces.Skip(1).Select(piece => new StringBuilder(piece)));
    }
}
