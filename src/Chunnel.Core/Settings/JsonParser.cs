using System.Globalization;
using System.Text;

namespace Chunnel.Core;

/// <summary>
/// Strict JSON (RFC 8259) to settings: no comments, no trailing commas, a key twice is a mistake. Reads on after a mistake,
/// so that one answer holds them all; nesting and the number of mistakes are bounded.
/// </summary>
public sealed class JsonParser
{
    /// <summary>Deeper nesting than any job has; keeps hostile text from eating the stack.</summary>
    public const int MaxDepth = 200;

    private const int MaxProblems = 50;

    private readonly SourceText _source;
    private readonly string _text;
    private readonly List<Problem> _problems = [];
    private int _at;
    private int _depth;
    private bool _gaveUp;

    private JsonParser(SourceText source)
    {
        _source = source;
        _text = source.Text;
    }

    /// <summary>The value and what is wrong with the text; the value is whole only when nothing is wrong.</summary>
    public static (SettingsNode Value, IReadOnlyList<Problem> Problems) Parse(SourceText source)
    {
        var parser = new JsonParser(source);
        parser.SkipBlanks();
        var value = parser.ParseValue();
        parser.SkipBlanks();
        if (parser._at < parser._text.Length && parser._problems.Count == 0)
        {
            parser.Wrong(parser._at, 1, "Text follows after the end of the JSON value.", "Remove it, or enclose all in one object.");
        }
        return (value, parser._problems);
    }

    private SettingsNode ParseValue()
    {
        if (_at >= _text.Length) return Missing("A value is missing: the text ends here.", "Check that every bracket and quote is closed.");
        return _text[_at] switch
        {
            '{' => ParseObject(),
            '[' => ParseList(),
            '"' => ParseText(),
            _ => ParseWord(),
        };
    }

    private SettingsObject ParseObject()
    {
        var start = _at++;
        if (!Deeper(start)) return SettingsObject.Empty;
        var entries = new List<SettingsEntry>();
        var keys = new Dictionary<string, TextPosition>();
        SkipBlanks();
        while (!TryTake('}'))
        {
            if (Ended(start, '}')) break;
            ParseEntry(entries, keys);
            SkipBlanks();
            if (!TakeCommaOrEnd('}')) break;
        }
        _depth--;
        return new SettingsObject(entries) { Where = _source.At(start, 1) };
    }

    private void ParseEntry(List<SettingsEntry> entries, Dictionary<string, TextPosition> keys)
    {
        if (_text[_at] != '"')
        {
            Wrong(_at, WordLength(), "A key in double quotes is expected here.", "JSON keys look like \"row.num\". For keys without quotes use the HOCON format.");
            SkipToNext();
            return;
        }
        var key = ParseText();
        SkipBlanks();
        if (!TryTake(':'))
        {
            Wrong(_at, 1, $"A ':' is expected after the key \"{key.Text}\".", null);
            SkipToNext();
            return;
        }
        SkipBlanks();
        var value = ParseValue();
        if (keys.TryGetValue(key.Text, out var first))
        {
            Report(key.Where, $"The key \"{key.Text}\" stands twice in one object, first in line {first.Line}.", "Keep one of them.");
            return;
        }
        keys.Add(key.Text, key.Where);
        entries.Add(new SettingsEntry(key.Text, value) { KeyWhere = key.Where });
    }

    private SettingsList ParseList()
    {
        var start = _at++;
        var items = new List<SettingsNode>();
        if (!Deeper(start)) return new SettingsList(items);
        SkipBlanks();
        while (!TryTake(']'))
        {
            if (Ended(start, ']')) break;
            items.Add(ParseValue());
            SkipBlanks();
            if (!TakeCommaOrEnd(']')) break;
        }
        _depth--;
        return new SettingsList(items) { Where = _source.At(start, 1) };
    }

    /// <returns>False when the container is over: its end was read, or it cannot be found.</returns>
    private bool TakeCommaOrEnd(char close)
    {
        if (_gaveUp) return false;
        if (TryTake(','))
        {
            var comma = _at - 1;
            SkipBlanks();
            if (_at < _text.Length && _text[_at] == close) Wrong(comma, 1, $"A comma before '{close}' is not allowed in JSON.", "Remove the comma.");
            return true;
        }
        if (_at >= _text.Length || _text[_at] == close) return true;
        Wrong(_at, WordLength(), $"A ',' or '{close}' is expected here.", null);
        SkipToNext();
        if (TryTake(',')) SkipBlanks();
        else if (_at < _text.Length && _text[_at] is '}' or ']' && _text[_at] != close) _at++;
        return true;
    }

    private SettingsScalar ParseText()
    {
        var start = _at++;
        var text = new StringBuilder();
        while (_at < _text.Length)
        {
            var c = _text[_at++];
            if (c == '"') return new SettingsScalar(text.ToString(), ScalarKind.Text) { Quoted = true, Where = _source.At(start, _at - start) };
            if (c == '\\') ParseEscape(text);
            else if (c is '\n' or '\r') break;
            else if (c < ' ') Wrong(_at - 1, 1, "A control character stands in a text.", $"Write it as \\u{(int)c:x4}.");
            else text.Append(c);
        }
        Wrong(start, 1, "The text that begins here has no closing quote on its line.", "Close it with \"; write a line break as \\n.");
        return new SettingsScalar(text.ToString(), ScalarKind.Text) { Quoted = true, Where = _source.At(start, 1) };
    }

    private void ParseEscape(StringBuilder text)
    {
        if (TextEscapes.TryRead(_text, ref _at, text)) return;
        Wrong(_at - 1, 2, "This is not an escape that JSON knows.", "A backslash itself is written \\\\.");
    }

    private SettingsScalar ParseWord()
    {
        var start = _at;
        var length = WordLength();
        var word = _text.Substring(start, length);
        var where = _source.At(start, length);
        _at += length;
        switch (word)
        {
            case "true" or "false": return new SettingsScalar(word, ScalarKind.Boolean) { Where = where };
            case "null": return new SettingsScalar(word, ScalarKind.Null) { Where = where };
        }
        if (JsonNumber.IsOne(word)) return new SettingsScalar(word, ScalarKind.Number) { Where = where };
        if (word.Length == 0) return Missing($"A value is expected here, not '{_text[_at]}'.", null);
        Report(where, $"'{Shown(word)}' is not a JSON value.", "Text stands in double quotes.");
        return new SettingsScalar("null", ScalarKind.Null) { Where = where };
    }

    private SettingsScalar Missing(string what, string? mend)
    {
        Wrong(_at, 1, what, mend);
        if (_at < _text.Length && _text[_at] is not (',' or '}' or ']')) _at++;
        return new SettingsScalar("null", ScalarKind.Null) { Where = _source.At(_at) };
    }

    private bool Deeper(int start)
    {
        if (++_depth <= MaxDepth) return true;
        Wrong(start, 1, $"Values are nested deeper than {MaxDepth.ToString(CultureInfo.InvariantCulture)} levels.", "Make the job flatter.");
        _gaveUp = true;
        _at = _text.Length;
        _depth--;
        return false;
    }

    private bool Ended(int start, char close)
    {
        if (_at < _text.Length && !_gaveUp) return false;
        if (!_gaveUp) Wrong(start, 1, $"The '{_text[start]}' that begins here is never closed.", $"Add the missing '{close}'.");
        _gaveUp = true;
        return true;
    }

    private bool TryTake(char expected)
    {
        if (_at >= _text.Length || _text[_at] != expected) return false;
        _at++;
        return true;
    }

    private void SkipBlanks()
    {
        while (_at < _text.Length)
        {
            if (_text[_at] is ' ' or '\t' or '\n' or '\r') _at++;
            else if (!TrySkipComment()) return;
        }
    }

    private bool TrySkipComment()
    {
        var rest = _text.AsSpan(_at);
        var isBlock = rest.StartsWith("/*");
        if (!isBlock && !rest.StartsWith("//") && rest[0] != '#') return false;
        Wrong(_at, isBlock ? 2 : rest[0] == '#' ? 1 : 2, "Comments are not allowed in JSON.", "Remove the comment, or use the HOCON format.");
        var end = isBlock ? _text.IndexOf("*/", _at + 2, StringComparison.Ordinal) : _text.IndexOf('\n', _at);
        _at = end < 0 ? _text.Length : isBlock ? end + 2 : end;
        return true;
    }

    // To the next comma or closing bracket of this level, over whole texts and bracketed parts.
    private void SkipToNext()
    {
        var open = 0;
        for (; _at < _text.Length; _at++)
        {
            var c = _text[_at];
            if (c == '"') SkipText();
            else if (c is '{' or '[') open++;
            else if (c is '}' or ']' && open-- == 0) return;
            else if (c == ',' && open == 0) return;
        }
    }

    private void SkipText()
    {
        for (_at++; _at < _text.Length && _text[_at] is not ('"' or '\n'); _at++)
        {
            if (_text[_at] == '\\') _at++;
        }
    }

    private int WordLength()
    {
        var end = _at;
        while (end < _text.Length && _text[end] is not (' ' or '\t' or '\n' or '\r' or ',' or ':' or '{' or '}' or '[' or ']' or '"')) end++;
        return end - _at;
    }

    private void Wrong(int offset, int length, string what, string? mend) => Report(_source.At(offset, Math.Max(1, length)), what, mend);

    private void Report(TextPosition where, string what, string? mend)
    {
        if (_gaveUp) return;
        _problems.Add(new Problem(CommonErrors.ConfigValidateFailed, what) { Where = where, Mend = mend });
        if (_problems.Count < MaxProblems) return;
        _gaveUp = true;
        _at = _text.Length;
    }

    private static string Shown(string word) => word.Length <= 40 ? word : word[..40] + "...";
}
