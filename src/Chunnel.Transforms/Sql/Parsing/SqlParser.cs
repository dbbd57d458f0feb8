namespace Chunnel.Transforms.Sql.Parsing;

/// <summary>
/// Reads a query: <c>SELECT item [, item ...] FROM name [LATERAL VIEW ...] [WHERE predicate]</c> (spec transforms.md 4). What SQL has beyond that is
/// refused here with its place, never ignored. After a mistake it goes on behind the next comma, so that one answer holds all.
/// </summary>
internal sealed partial class SqlParser
{
    private static readonly HashSet<string> Reserved = new(StringComparer.OrdinalIgnoreCase)
    {
        "SELECT", "FROM", "WHERE", "AND", "OR", "NOT", "IN", "IS", "LIKE", "ILIKE", "BETWEEN", "CASE", "WHEN", "THEN", "ELSE", "END", "AS", "NULL",
        "UNION", "INTERSECT", "EXCEPT", "MINUS", "GROUP", "ORDER", "HAVING", "LIMIT", "OFFSET", "FETCH", "JOIN", "INNER", "LEFT", "RIGHT", "FULL",
        "CROSS", "NATURAL", "ON", "USING", "DISTINCT", "WITH", "LATERAL", "BY", "EXISTS", "INTERVAL", "WINDOW", "QUALIFY", "FOR",
    };

    private static readonly Dictionary<string, string> RefusedClauses = new(StringComparer.OrdinalIgnoreCase)
    {
        ["GROUP"] = "Unsupported GROUP BY syntax", ["HAVING"] = "Unsupported HAVING syntax", ["ORDER"] = "Unsupported ORDER BY syntax",
        ["LIMIT"] = "Unsupported LIMIT,OFFSET syntax", ["OFFSET"] = "Unsupported LIMIT,OFFSET syntax", ["FETCH"] = "Unsupported FETCH syntax",
        ["UNION"] = "Unsupported SQL syntax", ["INTERSECT"] = "Unsupported SQL syntax", ["EXCEPT"] = "Unsupported SQL syntax", ["MINUS"] = "Unsupported SQL syntax",
        ["JOIN"] = "Unsupported table join syntax", ["INNER"] = "Unsupported table join syntax", ["LEFT"] = "Unsupported table join syntax",
        ["RIGHT"] = "Unsupported table join syntax", ["FULL"] = "Unsupported table join syntax", ["CROSS"] = "Unsupported table join syntax",
        ["NATURAL"] = "Unsupported table join syntax", ["LATERAL"] = "Unsupported LATERAL VIEW syntax",
        ["WINDOW"] = "Unsupported WINDOW syntax", ["QUALIFY"] = "Unsupported QUALIFY syntax", ["FOR"] = "Unsupported FOR syntax",
    };

    private readonly SqlProblems _problems;
    private readonly List<Token> _tokens;
    private int _at;
    private int _reportedAt = -1;

    private SqlParser(QueryText query, SqlProblems problems)
    {
        _problems = problems;
        _tokens = new SqlLexer(query.Text, problems).ReadAll();
    }

    /// <summary>The query, or null when nothing of it could be made out; mistakes go to the problems.</summary>
    public static SqlSelect? Parse(QueryText query, SqlProblems problems) => new SqlParser(query, problems).ReadStatement();

    private Token Current => _tokens[_at];

    private Token Next => _tokens[Math.Min(_at + 1, _tokens.Count - 1)];

    private Span Before => _at == 0 ? Current.Span : _tokens[_at - 1].Span;

    private SqlSelect? ReadStatement()
    {
        if (Current.Is("WITH"))
        {
            _problems.Invalid(Current.Span, "Unsupported WITH syntax", "Write one SELECT over one table.");
            return null;
        }
        if (!Current.Is("SELECT"))
        {
            if (Current.Kind == TokenKind.End) _problems.CannotParse(Current.Span, "The query is empty.");
            else _problems.Invalid(Current.Span, "Only supported DQL(select) SQL");
            return null;
        }
        Advance();
        RefuseQuantifier();
        var items = ReadItems();
        var from = ReadFrom();
        var views = new List<ViewSyntax>();
        Syntax? where = null;
        while (Current.Kind != TokenKind.End && !Current.IsSymbol(";"))
        {
            if (where is null && Take("WHERE")) where = ReadExpression();
            else if (Current.Is("LATERAL") && Next.Is("VIEW")) ReadView(views, late: where is not null);
            else RefuseRest();
        }
        ReadEnd();
        return new SqlSelect(items, from, views, where);
    }

    private void RefuseQuantifier()
    {
        if (Current.Is("DISTINCT") || (Current.Is("ALL") && !EndsItem(Next)))
        {
            _problems.Invalid(Current.Span, $"Unsupported {Current.Value.ToUpperInvariant()} syntax", "Rows pass one by one: they cannot be compared with each other.");
            Advance();
        }
        else if (Current.Is("TOP") && Next.Kind == TokenKind.Integer)
        {
            _problems.Invalid(Current.Span.To(Next.Span), "Unsupported TOP syntax");
            Advance();
            Advance();
        }
    }

    private List<SelectItem> ReadItems()
    {
        var items = new List<SelectItem>();
        do items.Add(ReadItem());
        while (TakeSymbol(","));
        return items;
    }

    private SelectItem ReadItem()
    {
        var start = Current.Span;
        if (TakeSymbol("*")) return new SelectItem(null, null, start);
        if (Current.IsName && Next.IsSymbol(".") && _tokens[Math.Min(_at + 2, _tokens.Count - 1)].IsSymbol("*"))
        {
            _problems.Invalid(start.To(_tokens[_at + 2].Span), "Unsupported table.* syntax", "Write * alone.");
            _at += 3;
            return new SelectItem(null, null, start);
        }
        var expression = ReadExpression();
        string? alias = null;
        if (Take("AS"))
        {
            if (Current.IsName && Current.Value != SqlProblems.Unreadable) alias = Current.Value;
            else if (!Current.IsName) Expected("a name");
            if (Current.IsName) Advance();
        }
        else if (IsImplicitAlias(Current))
        {
            alias = Current.Value;
            Advance();
        }
        if (!EndsItem(Current)) Expected("a comma or FROM");
        SkipToEndOfItem();
        return new SelectItem(expression, alias, start.To(Before));
    }

    private string? ReadFrom()
    {
        if (!Current.Is("FROM"))
        {
            if (Current.Kind == TokenKind.End || Current.IsSymbol(";")) _problems.Invalid(Current.Span, "Unsupported sub table syntax", "Say which table the rows come from: FROM name.");
            return null;
        }
        Advance();
        if (Current.IsSymbol("("))
        {
            _problems.Invalid(Current.Span, "Unsupported sub table syntax");
            SkipGroup();
            TakeAlias(report: false);
            return null;
        }
        if (!Current.IsName || IsReserved(Current))
        {
            Expected("the name of a table");
            return null;
        }
        var name = Current;
        Advance();
        if (Current.IsSymbol("."))
        {
            while (TakeSymbol(".") && Current.IsName) Advance();
            _problems.Invalid(name.Span.To(Before), "Unsupported schema syntax", "Write the table's name alone.");
        }
        TakeAlias(report: true);
        if (Current.IsSymbol(","))
        {
            _problems.Invalid(Current.Span, "Unsupported table join syntax", "A query reads one table.");
            while (!EndsClause(Current)) Advance();
        }
        return name.Value;
    }

    private void ReadView(List<ViewSyntax> views, bool late)
    {
        var start = Current.Span;
        Advance();
        Advance();
        if (late) _problems.Invalid(start.To(Before), "Unsupported LATERAL VIEW syntax", "Write it before WHERE.");
        var outer = Take("OUTER");
        if (!Current.Is("EXPLODE"))
        {
            _problems.Invalid(start.To(Current.Span), "Unsupported LATERAL VIEW syntax", "Write LATERAL VIEW [OUTER] EXPLODE(array) AS name.");
            do Advance();
            while (!EndsClause(Current));
            return;
        }
        Advance();
        Need("(");
        var list = ReadExpression();
        Need(")");
        NeedWord("AS");
        if (!Current.IsName || IsReserved(Current))
        {
            Expected("a name");
            return;
        }
        if (Current.Value != SqlProblems.Unreadable) views.Add(new ViewSyntax(list, Current.Value, outer, start.To(Current.Span)));
        Advance();
    }

    private void TakeAlias(bool report)
    {
        var start = Current.Span;
        var named = Take("AS");
        if (!named && !IsImplicitAlias(Current)) return;
        if (Current.IsName) Advance();
        if (report) _problems.Invalid(start.To(Before), "Unsupported table alias name syntax", "Name columns without the table.");
    }

    /// <summary>Refuses a clause that is not supported and skips to the next one.</summary>
    private void RefuseRest()
    {
        var start = Current;
        if (start.Kind == TokenKind.Word && RefusedClauses.TryGetValue(start.Value, out var refusal))
            _problems.Invalid(start.Span, refusal, start.Is("LATERAL") ? null : "A Sql transform selects from one table with WHERE, row by row.");
        else Expected("the end of the query");
        do Advance();
        while (!EndsClause(Current));
    }

    private void ReadEnd()
    {
        if (!TakeSymbol(";")) return;
        if (Current.Kind != TokenKind.End) _problems.Invalid(Current.Span, "Only supported DQL(select) SQL", "One query holds one statement.");
    }

    private static bool EndsClause(Token token) =>
        token.Kind == TokenKind.End || token.IsSymbol(";") || token.Is("WHERE")
        || (token.Kind == TokenKind.Word && RefusedClauses.ContainsKey(token.Value));

    private static bool EndsItem(Token token) =>
        token.Kind == TokenKind.End || token.IsSymbol(",") || token.IsSymbol(";") || token.Is("FROM") || token.Is("WHERE")
        || (token.Kind == TokenKind.Word && RefusedClauses.ContainsKey(token.Value));

    private static bool IsReserved(Token token) => token.Kind == TokenKind.Word && Reserved.Contains(token.Value);

    private static bool IsImplicitAlias(Token token) => token.IsName && !IsReserved(token) && token.Value != SqlProblems.Unreadable;

    private void SkipToEndOfItem()
    {
        while (!EndsItem(Current))
        {
            if (Current.IsSymbol("(")) SkipGroup();
            else Advance();
        }
    }

    private void SkipGroup()
    {
        var depth = 0;
        do
        {
            if (Current.IsSymbol("(")) depth++;
            if (Current.IsSymbol(")")) depth--;
            Advance();
        }
        while (depth > 0 && Current.Kind != TokenKind.End);
    }

    private void Advance()
    {
        if (_at < _tokens.Count - 1) _at++;
    }

    private bool Take(string word)
    {
        if (!Current.Is(word)) return false;
        Advance();
        return true;
    }

    private bool TakeSymbol(string symbol)
    {
        if (!Current.IsSymbol(symbol)) return false;
        Advance();
        return true;
    }

    private void Need(string symbol)
    {
        if (!TakeSymbol(symbol)) Expected($"'{symbol}'");
    }

    private void NeedWord(string word)
    {
        if (!Take(word)) Expected(word);
    }

    /// <summary>Reports what stands here instead of what should; only once for one place.</summary>
    private void Expected(string what)
    {
        if (_reportedAt == Current.Start) return;
        _reportedAt = Current.Start;
        if (Current.Value == SqlProblems.Unreadable) return;
        var found = Current.Kind == TokenKind.End ? "the query ends" : $"'{Current.Value}' stands";
        var mend = IsReserved(Current) ? " If it is a name, write it in backticks." : "";
        _problems.CannotParse(Current.Span, $"Expected {what}, but {found} here.{mend}");
    }
}
