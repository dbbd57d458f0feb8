using System.Text;

namespace Chunnel.Transforms.Sql.Parsing;

/// <summary>Cuts a query into tokens. Quotes protect everything between them; comments are dropped.</summary>
internal sealed class SqlLexer(string query, SqlProblems problems)
{
    private static readonly string[] LongSymbols = ["<>", "!=", "<=", ">=", "||", "::"];
    private const string ShortSymbols = "=<>+-*/%(),.;[]&|^?:~!@#{}\\";

    private readonly List<Token> _tokens = [];
    private int _at;

    /// <summary>All tokens; the last is <see cref="TokenKind.End"/>.</summary>
    public List<Token> ReadAll()
    {
        while (true)
        {
            SkipBlanksAndComments();
            if (_at >= query.Length) break;
            ReadOne();
        }
        _tokens.Add(new Token(TokenKind.End, "", query.Length, query.Length));
        return _tokens;
    }

    private char Peek(int ahead = 0) => _at + ahead < query.Length ? query[_at + ahead] : '\0';

    private void ReadOne()
    {
        var c = Peek();
        if (c == '\'') ReadQuoted(TokenKind.Text, '\'');
        else if (c is '`' or '"') ReadQuoted(TokenKind.QuotedName, c);
        else if (char.IsAsciiDigit(c) || (c == '.' && char.IsAsciiDigit(Peek(1)))) ReadNumber();
        else if (IsNameStart(c)) ReadWord();
        else ReadSymbol();
    }

    private void SkipBlanksAndComments()
    {
        while (_at < query.Length)
        {
            if (char.IsWhiteSpace(query[_at])) _at++;
            else if (Peek() == '-' && Peek(1) == '-') SkipTo("\n");
            else if (Peek() == '/' && Peek(1) == '*') SkipTo("*/");
            else return;
        }
    }

    private void SkipTo(string end)
    {
        var found = query.IndexOf(end, _at + 2, StringComparison.Ordinal);
        if (found < 0 && end == "*/") problems.CannotParse(new Span(_at, _at + 2), "This comment is not closed.");
        _at = found < 0 ? query.Length : found + end.Length;
    }

    private void ReadQuoted(TokenKind kind, char quote)
    {
        var start = _at++;
        var value = new StringBuilder();
        while (_at < query.Length)
        {
            if (query[_at] != quote) value.Append(query[_at++]);
            else if (Peek(1) == quote)
            {
                value.Append(quote);
                _at += 2;
            }
            else
            {
                _at++;
                _tokens.Add(new Token(kind, value.ToString(), start, _at));
                return;
            }
        }
        problems.CannotParse(new Span(start, query.Length), kind == TokenKind.Text ? "This text is not closed with a quote." : "This name is not closed.");
        _tokens.Add(new Token(kind, value.ToString(), start, _at));
    }

    private void ReadNumber()
    {
        var start = _at;
        var kind = TokenKind.Integer;
        SkipDigits();
        if (Peek() == '.' && (char.IsAsciiDigit(Peek(1)) || !IsNameStart(Peek(1))))
        {
            kind = TokenKind.Number;
            _at++;
            SkipDigits();
        }
        var exponent = Peek() is 'e' or 'E' ? Peek(1) is '+' or '-' ? 2 : 1 : 0;
        if (exponent > 0 && char.IsAsciiDigit(Peek(exponent)))
        {
            kind = TokenKind.Number;
            _at += exponent;
            SkipDigits();
        }
        if (IsNameStart(Peek())) RefuseNameWithDigit(start);
        else _tokens.Add(new Token(kind, query[start.._at], start, _at));
    }

    /// <summary><c>1st_name</c>: cut into a number and an alias it would be two columns where one was meant.</summary>
    private void RefuseNameWithDigit(int start)
    {
        while (IsNamePart(Peek())) _at++;
        var name = query[start.._at];
        if (name.StartsWith("0x", StringComparison.OrdinalIgnoreCase)) problems.UnsupportedExpression(new Span(start, _at), name, "Write the number in decimal digits.");
        else problems.CannotParse(new Span(start, _at), $"A bare name cannot start with a digit. Write it in backticks: `{name}`.");
        _tokens.Add(new Token(TokenKind.QuotedName, name, start, _at) { Value = SqlProblems.Unreadable });
    }

    private void SkipDigits()
    {
        while (char.IsAsciiDigit(Peek())) _at++;
    }

    private void ReadWord()
    {
        var start = _at;
        while (IsNamePart(Peek())) _at++;
        _tokens.Add(new Token(TokenKind.Word, query[start.._at], start, _at));
    }

    private void ReadSymbol()
    {
        foreach (var symbol in LongSymbols)
        {
            if (string.CompareOrdinal(query, _at, symbol, 0, symbol.Length) != 0) continue;
            _tokens.Add(new Token(TokenKind.Symbol, symbol, _at, _at + symbol.Length));
            _at += symbol.Length;
            return;
        }
        if (!ShortSymbols.Contains(Peek(), StringComparison.Ordinal)) problems.CannotParse(new Span(_at, _at + 1), $"The character '{Peek()}' has no meaning here.");
        else _tokens.Add(new Token(TokenKind.Symbol, Peek().ToString(), _at, _at + 1));
        _at++;
    }

    private static bool IsNameStart(char c) => char.IsLetter(c) || c is '_' or '$' || char.IsSurrogate(c);

    private static bool IsNamePart(char c) => IsNameStart(c) || char.IsDigit(c);
}
