using Chunnel.Core;

namespace Chunnel.Transforms.Sql.Parsing;

/// <summary>A query as written: one SELECT over one table.</summary>
internal sealed record SqlSelect(IReadOnlyList<SelectItem> Items, string? From, IReadOnlyList<ViewSyntax> Views, Syntax? Where);

/// <summary><c>LATERAL VIEW [OUTER] EXPLODE(list) AS alias</c>: a row for each element.</summary>
internal sealed record ViewSyntax(Syntax List, string Alias, bool Outer, Span Where);

/// <summary>One item of the select list; a star has no expression.</summary>
internal sealed record SelectItem(Syntax? Expression, string? Alias, Span Where);

/// <summary>An expression as written. Its text is how error messages and unnamed columns call it.</summary>
internal abstract record Syntax(Span Where)
{
    public abstract override string ToString();
}

/// <summary>A column, or a way into a nested one: <c>a.b.c</c>.</summary>
internal sealed record NameSyntax(IReadOnlyList<string> Parts, bool Bare, Span Where) : Syntax(Where)
{
    public override string ToString() => string.Join('.', Parts);
}

/// <summary>A number with the digits as written, its sign included.</summary>
internal sealed record NumberSyntax(string Digits, bool Integral, Span Where) : Syntax(Where)
{
    public override string ToString() => Digits;
}

internal sealed record TextSyntax(string Value, Span Where) : Syntax(Where)
{
    public override string ToString() => $"'{Value.Replace("'", "''", StringComparison.Ordinal)}'";
}

internal sealed record NullSyntax(Span Where) : Syntax(Where)
{
    public override string ToString() => "NULL";
}

/// <summary><c>DATE '2021-04-15'</c> and its like.</summary>
internal sealed record TimeSyntax(DataType Type, string Value, Span Where) : Syntax(Where)
{
    public override string ToString() => $"{Type.ToString().ToUpperInvariant()} '{Value}'";
}

internal sealed record SignSyntax(bool Minus, Syntax Operand, Span Where) : Syntax(Where)
{
    public override string ToString() => (Minus ? "-" : "+") + Operand;
}

internal sealed record NotSyntax(Syntax Operand, Span Where) : Syntax(Where)
{
    public override string ToString() => $"NOT {Operand}";
}

/// <summary>Parentheses as written, so that messages show them.</summary>
internal sealed record GroupSyntax(Syntax Inner, Span Where) : Syntax(Where)
{
    public override string ToString() => $"({Inner})";
}

internal sealed record BinarySyntax(BinarySign Sign, Syntax Left, Syntax Right, Span Where) : Syntax(Where)
{
    public override string ToString() => $"{Left} {Sign.ToText()} {Right}";
}

internal sealed record IsNullSyntax(Syntax Operand, bool Negated, Span Where) : Syntax(Where)
{
    public override string ToString() => $"{Operand} IS {(Negated ? "NOT " : "")}NULL";
}

internal sealed record BetweenSyntax(Syntax Operand, Syntax Low, Syntax High, bool Negated, Span Where) : Syntax(Where)
{
    public override string ToString() => $"{Operand} {(Negated ? "NOT " : "")}BETWEEN {Low} AND {High}";
}

internal sealed record InSyntax(Syntax Operand, IReadOnlyList<Syntax> Items, bool Negated, Span Where) : Syntax(Where)
{
    public override string ToString() => $"{Operand} {(Negated ? "NOT " : "")}IN ({string.Join(", ", Items)})";
}

internal sealed record LikeSyntax(Syntax Operand, Syntax Pattern, Syntax? Escape, bool Negated, Span Where) : Syntax(Where)
{
    public override string ToString() => $"{Operand} {(Negated ? "NOT " : "")}LIKE {Pattern}{(Escape is null ? "" : $" ESCAPE {Escape}")}";
}

internal sealed record WhenSyntax(Syntax When, Syntax Then);

internal sealed record CaseSyntax(Syntax? Subject, IReadOnlyList<WhenSyntax> Branches, Syntax? Else, Span Where) : Syntax(Where)
{
    public override string ToString() =>
        $"CASE {(Subject is null ? "" : $"{Subject} ")}{string.Join(" ", Branches.Select(branch => $"WHEN {branch.When} THEN {branch.Then}"))}{(Else is null ? "" : $" ELSE {Else}")} END";
}

/// <summary>A type as CAST names it, with its numbers in parentheses.</summary>
internal sealed record TypeSyntax(string Name, IReadOnlyList<int> Numbers, Span Where)
{
    public override string ToString() => Numbers.Count == 0 ? Name : $"{Name} ({string.Join(", ", Numbers)})";
}

internal sealed record CastSyntax(Syntax Operand, TypeSyntax Type, bool Try, Span Where) : Syntax(Where)
{
    public override string ToString() => $"{(Try ? "TRY_CAST" : "CAST")}({Operand} AS {Type})";
}

/// <summary><c>EXTRACT(YEAR FROM x)</c>.</summary>
internal sealed record ExtractSyntax(string Part, Span PartWhere, Syntax Operand, Span Where) : Syntax(Where)
{
    public override string ToString() => $"EXTRACT({Part} FROM {Operand})";
}

/// <summary><c>x AT TIME ZONE 'zone'</c>.</summary>
internal sealed record AtZoneSyntax(Syntax Operand, Syntax Zone, Span Where) : Syntax(Where)
{
    public override string ToString() => $"{Operand} AT TIME ZONE {Zone}";
}

internal sealed record CallSyntax(string Name, IReadOnlyList<Syntax> Arguments, Span Where) : Syntax(Where)
{
    public override string ToString() => $"{Name}({string.Join(", ", Arguments)})";
}

/// <summary>What could not be read and has been reported.</summary>
internal sealed record BrokenSyntax(Span Where) : Syntax(Where)
{
    public override string ToString() => "?";
}
