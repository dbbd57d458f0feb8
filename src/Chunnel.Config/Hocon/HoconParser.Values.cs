using System.Text;
using Chunnel.Core;

namespace Chunnel.Config.Hocon;

// Values: literals, objects, lists, references, and all of them side by side.
internal sealed partial class HoconParser
{
    // Everything up to the end of the line, a comma or a closing bracket. Null after a mistake.
    private HoconNode? ParseConcat(bool blocks)
    {
        var start = _at;
        var parts = new List<HoconPart>();
        while (true)
        {
            var blanks = TakeBlanks();
            if (EndsValue() || FollowsBracket(parts))
            {
                if (blanks.Length == 0) WarnOfCut(parts, start);
                break;
            }
            if (Peek() is '=' or ':' && parts.Count > 1 && parts[^1].Node is HoconLiteral { Value: { Quoted: false } nextKey })
            {
                _reading.Wrong(nextKey.Where, $"A ',' or a line break is expected before '{nextKey.Text}'.", "Begin a new line here, or put the whole value in double quotes.");
                return null;
            }
            if (ParsePart(blocks) is not { } part) return null;
            parts.Add(new HoconPart(parts.Count == 0 ? "" : blanks, part));
        }
        if (parts.Count == 1) return parts[0].Node;
        if (parts.Count == 0)
        {
            Wrong(_at, 1, $"A value is expected here, not {Next()}.", null);
            return null;
        }
        var where = _source.At(start, _at - start);
        return parts.TrueForAll(part => part.Node is HoconLiteral) ? Joined(parts, where) : new HoconConcat(parts, where);
    }

    // After } or ] only another object, list or reference goes on with the value; a word begins the next setting.
    private bool FollowsBracket(List<HoconPart> parts) =>
        parts is [.., { Node: HoconObject or HoconBlocks or HoconList }] && Peek() is not ('{' or '[' or '$');

    private bool EndsValue() => _at >= _text.Length || Peek() is '\n' or ',' or '}' or ']' || StartsComment(_at);

    private HoconNode? ParsePart(bool blocks)
    {
        var c = Peek();
        if (c == '"') return ParseQuoted() is { } quoted ? new HoconLiteral(quoted) : null;
        if (c == '{') return ParseObject(blocks);
        if (c == '[') return ParseList();
        if (_text.AsSpan(_at).StartsWith("${")) return ParseReference();
        if (WordLength() is var length and > 0)
        {
            var word = _text.Substring(_at, length);
            var where = _source.At(_at, length);
            _at += length;
            return new HoconLiteral(new SettingsScalar(word, KindOf(word)) { Where = where });
        }
        Wrong(_at, 1, $"The character '{c}' is not allowed outside quotes.", "Put the value in double quotes.");
        return null;
    }

    private static ScalarKind KindOf(string word) => word switch
    {
        "true" or "false" => ScalarKind.Boolean,
        "null" => ScalarKind.Null,
        _ => JsonNumber.IsOne(word) ? ScalarKind.Number : ScalarKind.Text,
    };

    private static HoconLiteral Joined(List<HoconPart> parts, TextPosition where)
    {
        var text = new StringBuilder();
        foreach (var (blanks, node) in parts) text.Append(blanks).Append(((HoconLiteral)node).Value.Text);
        var quoted = parts.Exists(part => ((HoconLiteral)part.Node).Value.Quoted);
        return new HoconLiteral(new SettingsScalar(text.ToString(), ScalarKind.Text) { Quoted = quoted, Where = where });
    }

    private void WarnOfCut(List<HoconPart> parts, int start)
    {
        if (!StartsComment(_at) || parts is not [.., { Node: HoconLiteral { Value.Quoted: false } }]) return;
        var mark = Peek() == '#' ? "#" : "//";
        _reading.Warn(
            _source.At(start, _at - start),
            $"The value ends before the '{mark}', which begins a comment.",
            "Put the value in double quotes to keep all of it, or a blank before the comment.");
    }

    private HoconNode ParseObject(bool blocks)
    {
        var start = _at++;
        var where = _source.At(start, 1);
        var target = blocks ? new MemberTarget(null, Blocks: new HoconBlocks(where)) : new MemberTarget(new HoconObject(where));
        if (Deeper(start)) ParseMembers(target, start);
        _depth--;
        return (HoconNode?)target.Blocks ?? target.Object!;
    }

    private HoconList ParseList()
    {
        var start = _at++;
        var items = new List<HoconNode>();
        if (Deeper(start)) ParseItems(items, start);
        _depth--;
        return new HoconList(items, _source.At(start, 1));
    }

    private void ParseItems(List<HoconNode> items, int start)
    {
        var commas = 0;
        var separated = true;
        while (!_reading.GaveUp)
        {
            separated |= SkipBlankLines();
            switch (Peek())
            {
                case ']' when _at < _text.Length:
                    _at++;
                    return;
                case ',':
                    if (++commas > 1 || items.Count == 0) Benign(_at, 1, "A comma without a value before it.", "Remove the comma.");
                    _at++;
                    separated = true;
                    break;
                case '}':
                    Wrong(_at, 1, $"A ']' is expected before this '}}', for the '[' of line {_source.At(start).Line}.", null);
                    return;
                case '\0' when _at >= _text.Length:
                    Unclosed(start, ']');
                    return;
                default:
                    if (!separated) Benign(_at, WordLength(), $"A ',' or a line break is expected before '{Word()}'.", "Put a comma between the values.");
                    ParseItem(items);
                    commas = 0;
                    separated = false;
                    break;
            }
        }
    }

    private void ParseItem(List<HoconNode> items)
    {
        var start = _at;
        if (ParseConcat(blocks: false) is not { } item)
        {
            if (_at == start) _at++;
            SkipMember();
            return;
        }
        if (item is HoconConcat { Parts: var parts } && parts.Count(part => part.Node is HoconObject) > 1)
        {
            _reading.Warn(item.Where, "Two objects side by side are merged into one.", "Put a comma between them to have two.");
        }
        items.Add(item);
    }

    private HoconReference? ParseReference()
    {
        var start = _at;
        _at += 2;
        var optional = Peek() == '?';
        if (optional) _at++;
        var from = _at;
        while (_at < _text.Length && _text[_at] is not ('}' or '\n' or '{')) _at++;
        if (Peek() != '}')
        {
            Wrong(start, _at - start, "The '${' that begins here is never closed.", "Write ${name}.");
            return null;
        }
        var path = _text[from.._at++].Trim();
        var where = _source.At(start, _at - start);
        if (path.Contains(':', StringComparison.Ordinal) && !path.StartsWith('"'))
        {
            _reading.Wrong(where, "A default after ':' is only read inside double quotes.", $"Write \"{_text[start.._at]}\" with the quotes.");
            return null;
        }
        if (path is ['"', .., '"']) path = path[1..^1];
        if (path.Length > 0) return new HoconReference(path, optional, where);
        _reading.Wrong(where, "A variable without a name.", "Write ${name}.");
        return null;
    }
}
