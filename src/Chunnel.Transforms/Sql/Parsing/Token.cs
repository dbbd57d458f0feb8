namespace Chunnel.Transforms.Sql.Parsing;

internal enum TokenKind
{
    /// <summary>A bare word: a keyword, or the name of a column, a table or a function.</summary>
    Word,

    /// <summary>A name in backticks or double quotes.</summary>
    QuotedName,

    /// <summary>A literal in single quotes.</summary>
    Text,
    Integer,

    /// <summary>A literal with a point or an exponent.</summary>
    Number,
    Symbol,
    End,
}

/// <summary>One word or sign of a query; <see cref="Value"/> is without quotes.</summary>
internal readonly record struct Token(TokenKind Kind, string Value, int Start, int End)
{
    /// <summary>True for the bare word, in any case.</summary>
    public bool Is(string word) => Kind == TokenKind.Word && Value.Equals(word, StringComparison.OrdinalIgnoreCase);

    public bool IsSymbol(string symbol) => Kind == TokenKind.Symbol && Value == symbol;

    public bool IsName => Kind is TokenKind.Word or TokenKind.QuotedName;

    public Span Span => new(Start, End);
}

/// <summary>Characters of the query from a start to before an end.</summary>
internal readonly record struct Span(int Start, int End)
{
    public int Length => End - Start;

    public Span To(Span last) => new(Start, Math.Max(End, last.End));
}
