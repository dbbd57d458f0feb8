using System.Text;
using Chunnel.Core;

namespace Chunnel.Config.Hocon;

// Quoted text, on one line with escapes or raw between three quotes.
internal sealed partial class HoconParser
{
    private SettingsScalar? ParseQuoted()
    {
        if (_text.AsSpan(_at).StartsWith("\"\"\"")) return ParseRaw();
        var start = _at++;
        var text = new StringBuilder();
        while (_at < _text.Length && _text[_at] is not ('\n' or '\r'))
        {
            var c = _text[_at++];
            if (c == '"') return Quoted(text.ToString(), start);
            if (c != '\\') text.Append(c);
            else if (!TextEscapes.TryRead(_text, ref _at, text))
            {
                Benign(_at - 2, 2, "This is not an escape that a quoted text knows.", "A backslash itself is written \\\\; between \"\"\" it needs none.");
            }
        }
        Wrong(start, 1, "The text that begins here has no closing quote on its line.", "Close it with \"; a text of several lines stands between \"\"\" and \"\"\".");
        return null;
    }

    private SettingsScalar? ParseRaw()
    {
        var start = _at;
        var end = _text.IndexOf("\"\"\"", _at + 3, StringComparison.Ordinal);
        if (end < 0)
        {
            Wrong(start, 3, "The text that begins with these three quotes is never closed.", "Close it with \"\"\".");
            _at = _text.Length;
            return null;
        }
        // Further quotes belong to the text: """a"""" is a".
        while (end + 3 < _text.Length && _text[end + 3] == '"') end++;
        _at = end + 3;
        return Quoted(_text[(start + 3)..end], start);
    }

    private SettingsScalar Quoted(string text, int start) =>
        new(text, ScalarKind.Text) { Quoted = true, Where = _source.At(start, _at - start) };
}
