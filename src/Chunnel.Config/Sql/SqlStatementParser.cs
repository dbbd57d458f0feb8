using Chunnel.Core;

namespace Chunnel.Config.Sql;

/// <summary>Reads one statement: CREATE TABLE ... WITH, CREATE TABLE ... AS, INSERT INTO ... SELECT (spec config.md 9.2).</summary>
internal sealed class SqlStatementParser
{
    private readonly SourceText _source;
    private readonly string _text;
    private readonly string _sql;
    private readonly List<SqlToken> _tokens;
    private readonly List<Problem> _problems;
    private int _at;

    private SqlStatementParser(SourceText source, List<Problem> problems)
    {
        _source = source;
        _text = source.Text;
        _sql = _text.Trim();
        _tokens = SqlTokenizer.Read(_text);
        _problems = problems;
    }

    /// <returns>Null after a mistake.</returns>
    public static SqlStatement? Parse(SourceText source, List<Problem> problems) => new SqlStatementParser(source, problems).Parse();

    private SqlToken Current => _tokens[_at];

    private SqlStatement? Parse()
    {
        if (Take("CREATE") && Take("TABLE")) return ParseCreate();
        _at = 0;
        if (Take("INSERT") && Take("INTO")) return ParseInsert();
        return Unsupported(_tokens[0], "Job files know CREATE TABLE ... WITH, CREATE TABLE ... AS SELECT and INSERT INTO ... SELECT.");
    }

    private SqlStatement? ParseCreate()
    {
        if (Take("IF") && !(Take("NOT") && Take("EXISTS"))) return Unsupported(Current, null);
        if (TakeName() is not { } name) return Unsupported(Current, "A table name is expected here.");
        return ParseDefinition(name) ?? new UnreadTable(name.Text, At(name), _sql);
    }

    private SqlStatement? ParseDefinition(SqlToken name)
    {
        if (Take("AS")) return ParseSelect(explain: null) is { } select ? new CreateTableAs(name.Text, At(name), _sql, select) : null;
        if (Current.Is("(") && !SkipParentheses()) return null;
        if (!Take("WITH") || !Take("(")) return Unsupported(Current, "WITH ('connector' = '...', 'type' = '...') is expected here.");
        return ParseOptions() is { } options ? new CreateTable(name.Text, At(name), _sql, options) : null;
    }

    private SqlStatement? ParseInsert()
    {
        if (TakeName() is not { } name) return Unsupported(Current, "A table name is expected here.");
        if (Current.Is("(")) return Wrong(Current, "Insert sql must not have columns", $"Name the columns in the SELECT: INSERT INTO {name.Text} SELECT ...");
        return ParseSelect("Insert sql must have select statement") is { } select ? new InsertInto(name.Text, At(name), _sql, select) : null;
    }

    private SqlSelect? ParseSelect(string? explain)
    {
        var start = Current;
        if (!Take("SELECT"))
        {
            if (explain is null || !Current.Is("VALUES")) Unsupported(Current, "SELECT is expected here.");
            else Wrong(Current, explain, "Rows for tests are made by a FakeSource table with 'rows'.");
            return null;
        }
        var where = _source.At(start.Start, _sql.Length);
        var text = _text[start.Start..].TrimEnd();
        if (FindFrom() is { } from) return new SqlSelect(text, where, from.Text, At(from), IsBareName: false);
        var isBare = Current.Kind == SqlTokenKind.Name && _tokens[_at + 1].Kind == SqlTokenKind.End;
        return isBare ? new SqlSelect(text, where, Current.Text, At(Current), IsBareName: true) : new SqlSelect(text, where, null, where, IsBareName: false);
    }

    // The table behind the FROM of the outermost level.
    private SqlToken? FindFrom()
    {
        var depth = 0;
        for (var i = _at; i < _tokens.Count - 1; i++)
        {
            if (_tokens[i].Is("(")) depth++;
            else if (_tokens[i].Is(")")) depth--;
            else if (depth == 0 && _tokens[i].Is("FROM")) return _tokens[i + 1].Kind == SqlTokenKind.Name ? _tokens[i + 1] : null;
        }
        return null;
    }

    private List<SqlOption>? ParseOptions()
    {
        var options = new List<SqlOption>();
        while (!Take(")"))
        {
            if (options.Count > 0 && !Take(",")) return Bad(Current, "A ',' or ')' is expected here.");
            if (options.Count > 0 && Take(")")) break;
            if (Current.Kind != SqlTokenKind.Text) return Bad(Current, "A key in single quotes is expected here.");
            var key = Current;
            _at++;
            if (!Take("=") || Current.Kind != SqlTokenKind.Text) return Bad(Current, $"The key '{key.Text}' must be followed by = and a value in single quotes.");
            AddOption(options, key, Current);
            _at++;
        }
        return Current.Kind == SqlTokenKind.End ? options : Bad(Current, "The statement should end here.");
    }

    private void AddOption(List<SqlOption> options, SqlToken key, SqlToken value)
    {
        if (options.Exists(option => option.Key == key.Text)) Wrong(key, $"The option '{key.Text}' stands twice in one WITH.", "Keep one of them.");
        else options.Add(new SqlOption(key.Text, At(key), value.Text, ValueSource(value)));
    }

    // The value's characters with their places; '' is one character.
    private SourceText ValueSource(SqlToken value)
    {
        var offsets = new List<int>(value.Text.Length + 1);
        for (var i = value.Start + 1; offsets.Count < value.Text.Length; i++)
        {
            offsets.Add(i);
            if (_text[i] == '\'') i++;
        }
        return SourceText.Cut(value.Text, _source, [.. offsets, value.End - 1]);
    }

    private bool SkipParentheses()
    {
        var depth = 0;
        var open = Current;
        for (; Current.Kind != SqlTokenKind.End; _at++)
        {
            if (Current.Is("(")) depth++;
            else if (Current.Is(")") && --depth == 0)
            {
                _at++;
                return true;
            }
        }
        Unsupported(open, "This '(' is never closed.");
        return false;
    }

    private bool Take(string keyword)
    {
        if (!Current.Is(keyword)) return false;
        _at++;
        return true;
    }

    private SqlToken? TakeName() => Current.Kind == SqlTokenKind.Name ? _tokens[_at++] : null;

    private TextPosition At(SqlToken token) => _source.At(token.Start, token.End - token.Start);

    private SqlStatement? Unsupported(SqlToken token, string? mend) => Wrong(token, $"Unsupported SQL syntax: {Shown(_sql)}", mend);

    private List<SqlOption>? Bad(SqlToken token, string mend)
    {
        Unsupported(token, mend);
        return null;
    }

    private SqlStatement? Wrong(SqlToken token, string what, string? mend)
    {
        _problems.Add(new Problem(CommonErrors.ConfigValidateFailed, what) { Where = At(token), Mend = mend });
        return null;
    }

    // Values may hold secrets and whole tables of rows: show the beginning, without any text in quotes.
    private static string Shown(string sql)
    {
        var with = sql.IndexOf("WITH", StringComparison.OrdinalIgnoreCase);
        var head = with > 0 && sql.StartsWith("CREATE", StringComparison.OrdinalIgnoreCase) ? sql[..(with + 4)] + " (...)" : sql;
        return head.Length <= 300 ? head : head[..300] + "...";
    }
}
