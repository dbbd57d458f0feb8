using Chunnel.Core;

namespace Chunnel.Config.Sql;

/// <summary>
/// Cuts an SQL job file into its HOCON blocks and its statements and drops the comments. Quotes protect everything in them:
/// <c>--</c>, <c>/*</c> and <c>;</c> (spec config.md 9.1).
/// </summary>
internal sealed class SqlScanner
{
    private readonly SourceText _source;
    private readonly string _text;
    private readonly List<Problem> _problems;
    private int _at;
    private SqlText _statement;

    public SqlScanner(SourceText source, List<Problem> problems)
    {
        _source = source;
        _text = source.Text;
        _problems = problems;
        _statement = new SqlText(source);
    }

    public List<SourceText> ConfigBlocks { get; } = [];

    public List<SourceText> Statements { get; } = [];

    public void Scan()
    {
        while (_at < _text.Length)
        {
            var c = _text[_at];
            if (c is '\'' or '"' or '`') TakeQuoted(c);
            else if (c == '-' && At("--") && _statement.EndsWithBlank) SkipLine();
            else if (c == '/' && At("/*")) TakeBlock();
            else if (c == ';') EndStatement();
            else TakePlain(c);
        }
        EndStatement();
    }

    private bool At(string text) => _text.AsSpan(_at).StartsWith(text);

    // Outside quotes a line break is a blank.
    private void TakePlain(char c)
    {
        if (!char.IsWhiteSpace(c)) _statement.Add(c, _at);
        else if (!_statement.EndsWithBlank) _statement.Add(' ', _at);
        _at++;
    }

    private void TakeQuoted(char quote)
    {
        // '' inside '...' closes and opens again, which comes to the same here.
        var end = _text.IndexOf(quote, _at + 1);
        if (end < 0)
        {
            _problems.Add(Wrong(_at, 1, "The quote that begins here is never closed.", $"Add the missing {quote}. A quote inside a text is written twice: ''."));
            _at = _text.Length;
            _statement = new SqlText(_source);
            return;
        }
        for (; _at <= end; _at++) _statement.Add(_text[_at], _at);
    }

    private void SkipLine()
    {
        var end = _text.IndexOf('\n', _at);
        _at = end < 0 ? _text.Length : end;
    }

    private void TakeBlock()
    {
        var start = _at;
        var lineEnd = _text.IndexOf('\n', _at);
        if (lineEnd >= 0 && StartsLine(start) && _text[start..lineEnd].Trim() == "/* config")
        {
            TakeConfig(start, lineEnd + 1);
            return;
        }
        var end = _text.IndexOf("*/", _at + 2, StringComparison.Ordinal);
        if (end < 0) Unclosed(start);
        _at = end < 0 ? _text.Length : end + 2;
        if (!_statement.EndsWithBlank) _statement.Add(' ', start);
    }

    private void TakeConfig(int start, int from)
    {
        for (var line = from; line < _text.Length;)
        {
            var lineEnd = _text.IndexOf('\n', line);
            if (lineEnd < 0) lineEnd = _text.Length;
            if (_text.AsSpan(line, lineEnd - line).Trim() is "*/")
            {
                ConfigBlocks.Add(SourceText.Cut(_text[from..line], _source, [.. Enumerable.Range(from, line - from + 1)]));
                _at = lineEnd;
                return;
            }
            line = lineEnd + 1;
        }
        Unclosed(start);
        _at = _text.Length;
    }

    private bool StartsLine(int offset)
    {
        while (offset > 0 && _text[offset - 1] is ' ' or '\t') offset--;
        return offset == 0 || _text[offset - 1] == '\n';
    }

    private void Unclosed(int start) =>
        _problems.Add(Wrong(start, 2, "The comment that begins here is never closed.", "Close it with */; a config block closes with a line that holds nothing else."));

    private void EndStatement()
    {
        if (!_statement.IsBlank) Statements.Add(_statement.ToSource(_at));
        _statement = new SqlText(_source);
        _at++;
    }

    private Problem Wrong(int offset, int length, string what, string mend) =>
        new(CommonErrors.ConfigValidateFailed, what) { Where = _source.At(offset, length), Mend = mend };
}
