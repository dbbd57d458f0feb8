using Chunnel.Core;

namespace Chunnel.Config.Hocon;

/// <summary>
/// Reads SeaTunnel's HOCON (spec config.md 2): keys are flat (<c>-></c> separates, the dot does not), order is kept, and
/// <c>source</c>, <c>transform</c>, <c>sink</c> at the root hold blocks. After a mistake it reads on at the next line, so that
/// one answer holds them all.
/// </summary>
internal sealed partial class HoconParser
{
    private readonly SourceText _source;
    private readonly string _text;
    private readonly HoconReading _reading;
    private int _at;
    private int _depth;

    private HoconParser(SourceText source, HoconReading reading)
    {
        _source = source;
        _text = source.Text;
        _reading = reading;
    }

    /// <summary>The whole text as the root object of a job.</summary>
    public static HoconObject ParseRoot(SourceText source, HoconReading reading)
    {
        var root = new HoconObject(source.At(0));
        ParseRoot(source, reading, root);
        return root;
    }

    /// <summary>The same into a root that other texts go into too.</summary>
    public static void ParseRoot(SourceText source, HoconReading reading, HoconObject into) =>
        new HoconParser(source, reading).ParseRootInto(new MemberTarget(into, AtRoot: true));

    /// <summary>The whole text as one value: an object in braces or a list in brackets.</summary>
    public static HoconNode ParseValue(SourceText source, HoconReading reading)
    {
        var parser = new HoconParser(source, reading);
        parser.SkipBlankLines();
        var value = parser.ParseConcat(blocks: false);
        parser.SkipBlankLines();
        if (parser._at < parser._text.Length) parser.Wrong(parser._at, parser.WordLength(), "Text follows after the end of the value.", null);
        return value ?? new HoconObject(source.At(0));
    }

    private void ParseRootInto(MemberTarget target)
    {
        SkipBlankLines();
        if (Peek() == '[')
        {
            Wrong(_at, 1, "A job is an object, not a list.", "Begin with env { ... }, source { ... }, sink { ... }.");
            return;
        }
        if (Peek() != '{')
        {
            ParseMembers(target, brace: -1);
            return;
        }
        ParseMembers(target, brace: _at++);
        SkipBlankLines();
        if (_at < _text.Length) Wrong(_at, WordLength(), "Text follows after the '}' that closes the job.", "Is there a '}' too many?");
    }

    // Reads members up to the closing brace, or to the end of the text when brace is -1.
    private void ParseMembers(MemberTarget target, int brace)
    {
        var separated = true;
        var commas = 0;
        while (!_reading.GaveUp)
        {
            separated |= SkipBlankLines();
            if (_at >= _text.Length)
            {
                if (brace >= 0) Unclosed(brace, '}');
                return;
            }
            if (Peek() == ',')
            {
                if (++commas > 1) Benign(_at, 1, "A comma without a setting before it.", "Remove the comma.");
                separated = true;
                _at++;
                continue;
            }
            if (Peek() == '}')
            {
                _at++;
                if (brace >= 0) return;
                Wrong(_at - 1, 1, "This '}' closes nothing.", "Remove it, or check the braces above.");
                continue;
            }
            if (!separated) Benign(_at, WordLength(), $"A ',' or a line break is expected before '{Word()}'.", "Begin a new line here.");
            ParseMember(target);
            separated = false;
            commas = 0;
        }
    }

    private void ParseMember(MemberTarget target)
    {
        var start = _at;
        if (TryParseInclude(target)) return;
        if (ParseKey(verbatim: target.Blocks is not null) is not { } key)
        {
            if (_at == start) _at++;
            SkipMember();
            return;
        }
        var keyEnd = _at;
        SkipBlankLines();
        var append = _text.AsSpan(_at).StartsWith("+=");
        if (append) _at += 2;
        else if (Peek() is '=' or ':') _at++;
        else if (Peek() != '{')
        {
            NoValue(key, keyEnd, $"The key '{key.Text}' must be followed by '=', ':' or '{{', not by {Next()}.");
            return;
        }
        if (ParseValueOf(key, target) is { } value) target.Put(key, value, append, _reading);
    }

    private HoconNode? ParseValueOf(HoconKey key, MemberTarget target)
    {
        var separatorEnd = _at;
        var crossedLine = SkipBlankLines();
        var startsValue = _at < _text.Length && Peek() is not (',' or '}' or ']');
        if (!startsValue || (crossedLine && LooksLikeMember()))
        {
            NoValue(key, separatorEnd, $"The key '{key.Text}' has no value.");
            return null;
        }
        var value = ParseConcat(blocks: target.AtRoot && JobSections.IsSection(key.Text));
        if (value is null) SkipMember();
        return value;
    }

    private void NoValue(HoconKey key, int resumeAt, string what)
    {
        _reading.Wrong(key.Where, what, "Write it as key = value, or key { ... } for an object.");
        _at = resumeAt;
        SkipMember();
    }

    // "a =" and on the next line "b = 1" or "b {": the value was forgotten, the next line is a setting of its own.
    private bool LooksLikeMember()
    {
        var at = _at;
        if (_text[at] is '"' or '{' or '[' or '$') return false;
        while (at < _text.Length && (IsWordCharacter(at) || _text[at] is ' ' or '\t')) at++;
        return at > _at && at < _text.Length && _text[at] is '=' or ':' or '{';
    }

    // To the end of the line, or before it to the next comma or closing bracket of this level.
    private void SkipMember()
    {
        var open = 0;
        for (; _at < _text.Length; _at++)
        {
            var c = _text[_at];
            if (c == '\n' && open == 0) return;
            if (c == '"') SkipQuoted();
            else if (c is '{' or '[') open++;
            else if (c is '}' or ']' && open-- == 0) return;
            else if (c == ',' && open == 0) return;
            if (_at >= _text.Length || (_text[_at] == '\n' && open == 0)) return;
        }
    }

    private void SkipQuoted()
    {
        if (_text.AsSpan(_at).StartsWith("\"\"\""))
        {
            var end = _text.IndexOf("\"\"\"", _at + 3, StringComparison.Ordinal);
            _at = end < 0 ? _text.Length : end + 2;
            return;
        }
        for (_at++; _at < _text.Length && _text[_at] is not ('"' or '\n'); _at++)
        {
            if (_text[_at] == '\\') _at++;
        }
    }

    private bool Deeper(int start)
    {
        if (++_depth <= HoconReading.MaxDepth) return true;
        Wrong(start, 1, $"Values are nested deeper than {HoconReading.MaxDepth} levels.", "Make the job flatter.");
        _reading.GiveUp();
        _at = _text.Length;
        return false;
    }

    private void Unclosed(int open, char close)
    {
        Wrong(open, 1, $"The '{_text[open]}' that begins here is never closed.", $"Add the missing '{close}'.");
        _reading.GiveUp();
    }

    private void Wrong(int offset, int length, string what, string? mend) => _reading.Wrong(_source.At(offset, Math.Max(1, length)), what, mend);

    private void Benign(int offset, int length, string what, string? mend) =>
        _reading.Wrong(_source.At(offset, Math.Max(1, length)), what, mend, skips: false);
}
