using Chunnel.Core;

namespace Chunnel.Transforms.Sql.Parsing;

// Expressions by binding power: OR < AND < NOT < comparison < || < + - < * / % < sign < :: and AT TIME ZONE (spec transforms.md 5.1).
internal sealed partial class SqlParser
{
    private const int OrPower = 1;
    private const int AndPower = 2;
    private const int NotPower = 3;
    private const int ComparePower = 4;
    private const int ConcatPower = 5;
    private const int AddPower = 6;
    private const int MultiplyPower = 7;
    private const int SignPower = 8;
    private const int CastPower = 9;

    /// <summary>Deep enough for any query a person writes; a generated one must not overflow the stack.</summary>
    private const int MostDepth = 400;

    private int _depth;

    private Syntax ReadExpression(int power = 0)
    {
        if (++_depth > MostDepth)
        {
            if (_depth == MostDepth + 1) _problems.CannotParse(Current.Span, $"The expression is nested more than {MostDepth} levels deep.");
            _at = _tokens.Count - 1;
            _depth--;
            return new BrokenSyntax(Current.Span);
        }
        var left = ReadPrefix();
        while (PowerOf(Current) is var next && next > power) left = ReadInfix(left, next);
        _depth--;
        return left;
    }

    private int PowerOf(Token token)
    {
        if (token.Kind == TokenKind.Symbol)
        {
            return token.Value switch
            {
                "=" or "<>" or "!=" or "<" or "<=" or ">" or ">=" => ComparePower,
                "||" => ConcatPower,
                "+" or "-" => AddPower,
                "*" or "/" or "%" => MultiplyPower,
                "::" or "[" => CastPower,
                "&" or "|" or "^" => AddPower,
                _ => 0,
            };
        }
        if (token.Is("OR")) return OrPower;
        if (token.Is("AND")) return AndPower;
        if (token.Is("IS") || token.Is("IN") || token.Is("LIKE") || token.Is("ILIKE") || token.Is("BETWEEN") || token.Is("REGEXP") || token.Is("RLIKE")) return ComparePower;
        if (token.Is("AT") && Next.Is("TIME")) return CastPower;
        return token.Is("NOT") && (Next.Is("IN") || Next.Is("LIKE") || Next.Is("ILIKE") || Next.Is("BETWEEN") || Next.Is("REGEXP")) ? ComparePower : 0;
    }

    private Syntax ReadInfix(Syntax left, int power)
    {
        if (Current.IsSymbol("::")) return ReadColonCast(left);
        if (Current.IsSymbol("[")) return RefuseIndex(left);
        if (Current.Kind == TokenKind.Symbol || power < ComparePower) return ReadBinary(left, power);
        if (Take("AT")) return ReadAtZone(left);
        if (Take("IS")) return ReadIs(left);
        var negated = Take("NOT");
        if (Take("IN")) return ReadIn(left, negated);
        if (Take("BETWEEN")) return ReadBetween(left, negated);
        if (Take("LIKE")) return ReadLike(left, negated);
        return RefuseMatch(left, negated);
    }

    private Syntax ReadBinary(Syntax left, int power)
    {
        var sign = Current;
        Advance();
        var right = ReadExpression(power);
        var where = left.Where.To(right.Where);
        if (SignOf(sign) is { } known) return new BinarySyntax(known, left, right, where);
        _problems.UnsupportedExpression(where, $"{left} {sign.Value} {right}");
        return new BrokenSyntax(where);
    }

    private static BinarySign? SignOf(Token token) => token.Value.ToUpperInvariant() switch
    {
        "OR" => BinarySign.Or,
        "AND" => BinarySign.And,
        "=" => BinarySign.Equal,
        "<>" or "!=" => BinarySign.NotEqual,
        "<" => BinarySign.Less,
        "<=" => BinarySign.LessOrEqual,
        ">" => BinarySign.Greater,
        ">=" => BinarySign.GreaterOrEqual,
        "||" => BinarySign.Concat,
        "+" => BinarySign.Add,
        "-" => BinarySign.Subtract,
        "*" => BinarySign.Multiply,
        "/" => BinarySign.Divide,
        "%" => BinarySign.Modulo,
        _ => null,
    };

    private Syntax ReadIs(Syntax left)
    {
        var negated = Take("NOT");
        if (Take("NULL")) return new IsNullSyntax(left, negated, left.Where.To(Before));
        if (Current.Is("TRUE") || Current.Is("FALSE"))
        {
            var truth = new NameSyntax([Current.Value], Bare: true, Current.Span);
            Advance();
            var where = left.Where.To(Before);
            // x IS TRUE is never null: the equality says so already.
            var equal = new BinarySyntax(BinarySign.Equal, left, truth, where);
            return negated ? new NotSyntax(equal, where) : equal;
        }
        Expected("NULL");
        return new BrokenSyntax(left.Where.To(Before));
    }

    private Syntax ReadIn(Syntax left, bool negated)
    {
        Need("(");
        if (Current.Is("SELECT")) return RefuseSelect(left.Where, left + (negated ? " NOT IN " : " IN "));
        var items = new List<Syntax>();
        do items.Add(ReadExpression());
        while (TakeSymbol(","));
        Need(")");
        return new InSyntax(left, items, negated, left.Where.To(Before));
    }

    private BetweenSyntax ReadBetween(Syntax left, bool negated)
    {
        var low = ReadExpression(ComparePower);
        NeedWord("AND");
        var high = ReadExpression(ComparePower);
        return new BetweenSyntax(left, low, high, negated, left.Where.To(Before));
    }

    private LikeSyntax ReadLike(Syntax left, bool negated)
    {
        var pattern = ReadExpression(ComparePower);
        var escape = Take("ESCAPE") ? ReadExpression(ComparePower) : null;
        return new LikeSyntax(left, pattern, escape, negated, left.Where.To(Before));
    }

    /// <summary>ILIKE, REGEXP, RLIKE.</summary>
    private BrokenSyntax RefuseMatch(Syntax left, bool negated)
    {
        var sign = Current.Value.ToUpperInvariant();
        Advance();
        var right = ReadExpression(ComparePower);
        var where = left.Where.To(right.Where);
        _problems.UnsupportedExpression(where, $"{left} {(negated ? "NOT " : "")}{sign} {right}", sign == "ILIKE" ? "Compare LOWER(x) with LIKE." : "Use LIKE.");
        return new BrokenSyntax(where);
    }

    private Syntax ReadColonCast(Syntax left)
    {
        Advance();
        return ReadType() is { } type ? new CastSyntax(left, type, Try: false, left.Where.To(Before)) : new BrokenSyntax(left.Where.To(Before));
    }

    private AtZoneSyntax ReadAtZone(Syntax left)
    {
        NeedWord("TIME");
        NeedWord("ZONE");
        var zone = ReadExpression(CastPower);
        return new AtZoneSyntax(left, zone, left.Where.To(zone.Where));
    }

    private BrokenSyntax RefuseIndex(Syntax left)
    {
        Advance();
        var index = ReadExpression();
        Need("]");
        var where = left.Where.To(Before);
        _problems.UnsupportedExpression(where, $"{left}[{index}]", left is NameSyntax && index is TextSyntax key ? $"Write {left}.{key.Value}." : null);
        return new BrokenSyntax(where);
    }

    private Syntax ReadPrefix()
    {
        var token = Current;
        switch (token.Kind)
        {
            case TokenKind.Integer or TokenKind.Number:
                Advance();
                return new NumberSyntax(token.Value, token.Kind == TokenKind.Integer, token.Span);
            case TokenKind.Text:
                Advance();
                return new TextSyntax(token.Value, token.Span);
            case TokenKind.QuotedName:
                return ReadName();
            case TokenKind.Symbol:
                return ReadPrefixSymbol(token);
            case TokenKind.Word:
                return ReadPrefixWord(token);
            default:
                Expected("an expression");
                return new BrokenSyntax(token.Span);
        }
    }

    private Syntax ReadPrefixSymbol(Token token)
    {
        switch (token.Value)
        {
            case "-" or "+":
                Advance();
                var operand = ReadExpression(SignPower);
                var where = token.Span.To(operand.Where);
                // The smallest bigint is a literal only together with its sign.
                if (token.Value == "-" && operand is NumberSyntax number && number.Digits[0] != '-') return number with { Digits = "-" + number.Digits, Where = where };
                return new SignSyntax(token.Value == "-", operand, where);
            case "(":
                Advance();
                if (Current.Is("SELECT")) return RefuseSelect(token.Span, "");
                var inner = ReadExpression();
                Need(")");
                return new GroupSyntax(inner, token.Span.To(Before));
            case "?" or ":":
                Advance();
                if (token.Value == ":" && Current.IsName) Advance();
                _problems.UnsupportedExpression(token.Span.To(Before), token.Value == "?" ? "?" : $":{_tokens[_at - 1].Value}", "Variables of a job are written ${name}.");
                return new BrokenSyntax(token.Span.To(Before));
            default:
                Expected("an expression");
                if (!EndsItem(token) && token.Value != ")") Advance();
                return new BrokenSyntax(token.Span);
        }
    }

    private Syntax ReadPrefixWord(Token word)
    {
        if (word.Is("NOT"))
        {
            Advance();
            var operand = ReadExpression(NotPower);
            return new NotSyntax(operand, word.Span.To(operand.Where));
        }
        if (word.Is("NULL"))
        {
            Advance();
            return new NullSyntax(word.Span);
        }
        if (word.Is("CASE")) return ReadCase();
        if ((word.Is("CAST") || word.Is("TRY_CAST")) && Next.IsSymbol("(")) return ReadCast();
        if (Next.Kind == TokenKind.Text && TypeOfTimeLiteral(word) is { } type)
        {
            Advance();
            var value = Current.Value;
            Advance();
            return new TimeSyntax(type, value, word.Span.To(Before));
        }
        if (word.Is("EXISTS") && Next.IsSymbol("("))
        {
            Advance();
            Advance();
            return RefuseSelect(word.Span, "EXISTS ");
        }
        if (word.Is("INTERVAL")) return RefuseInterval(word);
        if (word.Is("EXTRACT") && Next.IsSymbol("(")) return ReadExtract();
        if (!Next.IsSymbol("(") && (word.Is("CURRENT_DATE") || word.Is("CURRENT_TIME") || word.Is("CURRENT_TIMESTAMP")))
        {
            Advance();
            return new CallSyntax(word.Value, [], word.Span);
        }
        if (Next.IsSymbol("(")) return ReadCall();
        if (!IsReserved(word)) return ReadName();
        Expected("an expression");
        return new BrokenSyntax(word.Span);
    }

    private static DataType? TypeOfTimeLiteral(Token word) =>
        word.Is("DATE") ? DataType.Date : word.Is("TIME") ? DataType.Time : word.Is("TIMESTAMP") ? DataType.Timestamp : word.Is("TIMESTAMPTZ") ? DataType.TimestampTz : null;

    private Syntax ReadName()
    {
        var start = Current;
        var parts = new List<string> { start.Value };
        Advance();
        while (Current.IsSymbol(".") && Next.IsName)
        {
            Advance();
            parts.Add(Current.Value);
            Advance();
        }
        var where = start.Span.To(Before);
        return parts.Contains(SqlProblems.Unreadable) ? new BrokenSyntax(where) : new NameSyntax(parts, start.Kind == TokenKind.Word, where);
    }

    private Syntax ReadCall()
    {
        var name = Current;
        Advance();
        Advance();
        var arguments = new List<Syntax>();
        if (Current.Is("DISTINCT"))
        {
            Expected("an expression");
            Advance();
        }
        if (Current.IsSymbol("*") && Next.IsSymbol(")"))
        {
            Advance();
            Advance();
            _problems.Unsupported(name.Span.To(Before), $"Unsupported function: {name.Value}");
            return new BrokenSyntax(name.Span.To(Before));
        }
        if (!Current.IsSymbol(")"))
        {
            do arguments.Add(ReadExpression());
            while (TakeSymbol(","));
        }
        Need(")");
        return new CallSyntax(name.Value, arguments, name.Span.To(Before));
    }

    private ExtractSyntax ReadExtract()
    {
        var start = Current.Span;
        Advance();
        Advance();
        var part = Current;
        if (part.Kind is TokenKind.Word or TokenKind.Text) Advance();
        else Expected("what to extract");
        NeedWord("FROM");
        var operand = ReadExpression();
        Need(")");
        return new ExtractSyntax(part.Value, part.Span, operand, start.To(Before));
    }

    private CaseSyntax ReadCase()
    {
        var start = Current.Span;
        Advance();
        var subject = Current.Is("WHEN") ? null : ReadExpression();
        var branches = new List<WhenSyntax>();
        if (!Current.Is("WHEN")) Expected("WHEN");
        while (Take("WHEN"))
        {
            var when = ReadExpression();
            NeedWord("THEN");
            branches.Add(new WhenSyntax(when, ReadExpression()));
        }
        var otherwise = Take("ELSE") ? ReadExpression() : null;
        NeedWord("END");
        return new CaseSyntax(subject, branches, otherwise, start.To(Before));
    }

    private Syntax ReadCast()
    {
        var start = Current;
        Advance();
        Advance();
        var operand = ReadExpression();
        NeedWord("AS");
        var type = ReadType();
        Need(")");
        var where = start.Span.To(Before);
        return type is null ? new BrokenSyntax(where) : new CastSyntax(operand, type, start.Is("TRY_CAST"), where);
    }

    private TypeSyntax? ReadType()
    {
        var name = Current;
        if (!name.IsName)
        {
            Expected("a type");
            return null;
        }
        Advance();
        var numbers = new List<int>();
        if (TakeSymbol("("))
        {
            do
            {
                if (Current.Kind == TokenKind.Integer && int.TryParse(Current.Value, out var number)) numbers.Add(number);
                else Expected("a number");
                Advance();
            }
            while (TakeSymbol(","));
            Need(")");
        }
        return new TypeSyntax(name.Value, numbers, name.Span.To(Before));
    }

    private BrokenSyntax RefuseSelect(Span start, string before)
    {
        var depth = 1;
        var from = _at;
        while (depth > 0 && Current.Kind != TokenKind.End)
        {
            if (Current.IsSymbol("(")) depth++;
            if (Current.IsSymbol(")")) depth--;
            Advance();
        }
        var words = _tokens.Skip(from).Take(Math.Max(0, _at - from - 1)).Select(token => token.Is("SELECT") ? "SELECT" : token.Value);
        _problems.UnsupportedExpression(start.To(Before), $"{before}({string.Join(' ', words)})", "A query reads one table.");
        return new BrokenSyntax(start.To(Before));
    }

    private BrokenSyntax RefuseInterval(Token word)
    {
        Advance();
        var words = new List<string> { "INTERVAL" };
        while (words.Count < 3 && Current.Kind is TokenKind.Integer or TokenKind.Text or TokenKind.Word && !IsReserved(Current))
        {
            words.Add(Current.Value.ToUpperInvariant());
            Advance();
        }
        _problems.UnsupportedExpression(word.Span.To(Before), string.Join(' ', words));
        return new BrokenSyntax(word.Span.To(Before));
    }
}
