using System.Globalization;
using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.Transforms.Sql.Operations.Columns;
using Chunnel.Transforms.Sql.Operations.Logic;
using Chunnel.Transforms.Sql.Parsing;

namespace Chunnel.Transforms.Sql.Typing;

/// <summary>
/// Finds the names and types of a query over one table. Every mistake is reported with its place; an expression that holds one has no node.
/// </summary>
internal sealed partial class Typer
{
    private readonly TableSchema _table;
    private readonly string? _from;
    private readonly SqlProblems _problems;
    private readonly NodeFactory _nodes;
    private readonly Numbers _numbers;
    private readonly Compares _compares;
    private readonly Casts _casts;
    private readonly FunctionCalls _functions;

    /// <summary>For a table that a query calls by a name.</summary>
    public Typer(TableSchema table, string? from, SqlFunctionSet functions, SqlProblems problems, Constants constants)
    {
        _table = table;
        _from = from;
        _problems = problems;
        _nodes = new NodeFactory(constants);
        _numbers = new Numbers(_nodes);
        _compares = new Compares(_nodes, _numbers);
        _casts = new Casts(_nodes);
        _functions = new FunctionCalls(_nodes, _numbers, _casts, _compares, functions, problems);
    }

    /// <summary>Names of the elements that the query explodes: expressions do not see them yet.</summary>
    public IReadOnlyList<string> Elements { get; init; } = [];

    /// <summary>The node of an expression, or null when it has a mistake.</summary>
    public Node? Type(Syntax syntax) => syntax switch
    {
        GroupSyntax group => Type(group.Inner),
        NameSyntax name => OfName(name),
        NumberSyntax number => OfNumber(number),
        TextSyntax text => _nodes.Literal($"text:{text.Value}", () => Constants.OfText(text.Value), text),
        NullSyntax => _nodes.Null(DataType.Null, syntax),
        SignSyntax sign => OfSign(sign),
        NotSyntax not => Condition(not.Operand) is { } operand ? _nodes.Not(operand, syntax) : null,
        BinarySyntax binary => OfBinary(binary),
        IsNullSyntax test => Type(test.Operand) is { } operand ? _nodes.IsNull(operand, test.Negated, syntax) : null,
        BetweenSyntax between => OfBetween(between),
        InSyntax list => OfIn(list),
        CaseSyntax cases => OfCase(cases),
        LikeSyntax like => OfLike(like),
        CastSyntax cast => OfCast(cast),
        TimeSyntax time => OfTime(time),
        ExtractSyntax extract => OfExtract(extract),
        AtZoneSyntax zoned => OfZone(zoned),
        CallSyntax call => OfCall(call),
        BrokenSyntax => null,
        _ => Refuse(syntax),
    };

    /// <summary>The node of something that is true or false.</summary>
    public Node? Condition(Syntax syntax)
    {
        if (Type(syntax) is not { } node) return null;
        if (node.Type.Kind == TypeKind.Boolean) return node;
        if (node.Type.Kind == TypeKind.Null) return _nodes.Null(DataType.Boolean, syntax);
        _problems.UnsupportedExpression(syntax.Where, syntax.ToString(), $"It is of type {TypeName(node.Type)}: a condition must be true or false.");
        return null;
    }

    private Node? Refuse(Syntax syntax, string? mend = null)
    {
        _problems.UnsupportedExpression(syntax.Where, syntax.ToString(), mend);
        return null;
    }

    private ConstantNode? OfNumber(NumberSyntax number)
    {
        var digits = number.Digits;
        if (number.Integral)
        {
            if (int.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var small))
                return _nodes.Literal($"int:{small}", () => Constants.Of(DataType.Int, small), number, digits);
            if (long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var large))
                return _nodes.Literal($"bigint:{large}", () => Constants.Of(DataType.BigInt, large), number, digits);
            _problems.UnsupportedExpression(number.Where, digits, "The number is larger than a bigint. Write it with a point to make it a double.");
            return null;
        }
        var value = double.Parse(digits, NumberStyles.Float, CultureInfo.InvariantCulture);
        return _nodes.Literal($"double:{digits}", () => Constants.Of(DataType.Double, value), number, digits);
    }

    private Node? OfSign(SignSyntax sign)
    {
        if (Type(sign.Operand) is not { } operand) return null;
        if (!sign.Minus && (operand.Type.IsNumeric || operand.Type.Kind == TypeKind.Null)) return operand;
        return sign.Minus && _numbers.Negate(operand, sign) is { } negated ? negated : Refuse(sign);
    }

    private Node? OfBinary(BinarySyntax binary)
    {
        if (binary.Sign is BinarySign.And or BinarySign.Or)
        {
            var (first, second) = (Condition(binary.Left), Condition(binary.Right));
            return first is null || second is null ? null : _nodes.Connect(first, second, binary.Sign == BinarySign.And, binary);
        }
        if (binary.Sign == BinarySign.Concat) return OfConcat(binary);
        var (left, right) = (Type(binary.Left), Type(binary.Right));
        if (left is null || right is null) return null;
        if (binary.Sign >= BinarySign.Add) return _numbers.Arithmetic(binary.Sign, left, right, binary) ?? RefuseArithmetic(binary, left, right);
        return _compares.Compare(binary.Sign, left, right, binary) ?? RefuseOrder(binary, left, right);
    }

    private Node? RefuseArithmetic(BinarySyntax binary, Node left, Node right)
    {
        var wrong = left.Type.IsNumeric || left.Type.Kind == TypeKind.Null ? right : left;
        return Refuse(binary, $"{wrong.Syntax} is of type {TypeName(wrong.Type)}{(wrong.Type.Kind == TypeKind.String ? ": convert it with CAST, or join texts with ||" : "")}.");
    }

    private Node? RefuseOrder(Syntax syntax, Node left, Node right)
    {
        var mend = left.Type.Kind == right.Type.Kind ? $"Values of type {TypeName(left.Type)} have no order."
            : left.Type.Kind == TypeKind.String || right.Type.Kind == TypeKind.String ? "Convert one side with CAST, or write dates as DATE '...' and timestamps as TIMESTAMP '...'."
            : "Convert one side with CAST.";
        _problems.Unsupported(syntax.Where, $"Filed types not matched, left is: {TypeName(left.Type)}, right is: {TypeName(right.Type)}", mend);
        return null;
    }

    private Node? OfBetween(BetweenSyntax between)
    {
        var (operand, low, high) = (Type(between.Operand), Type(between.Low), Type(between.High));
        if (operand is null || low is null || high is null) return null;
        var from = _compares.Compare(BinarySign.GreaterOrEqual, operand, low, between) ?? RefuseOrder(between, operand, low);
        var to = _compares.Compare(BinarySign.LessOrEqual, operand, high, between) ?? RefuseOrder(between, operand, high);
        if (from is null || to is null) return null;
        var within = _nodes.Connect(from, to, and: true, between);
        return between.Negated ? _nodes.Not(within, between) : within;
    }

    private Node? OfIn(InSyntax list)
    {
        var operand = Type(list.Operand);
        Node? any = null;
        var failed = operand is null;
        foreach (var item in list.Items)
        {
            if (Type(item) is not { } value || operand is null)
            {
                failed = true;
                continue;
            }
            var equal = _compares.Compare(BinarySign.Equal, operand, value, list, NullCompare.Unknown)!;
            any = any is null ? equal : _nodes.Connect(any, equal, and: false, list);
        }
        if (failed || any is null) return null;
        return list.Negated ? _nodes.Not(any, list) : any;
    }

    private Node? OfCase(CaseSyntax cases)
    {
        var subject = cases.Subject is null ? null : Type(cases.Subject);
        var failed = cases.Subject is not null && subject is null;
        var branches = new List<(Node When, Node Then)>();
        foreach (var branch in cases.Branches)
        {
            var when = cases.Subject is null ? Condition(branch.When) : Type(branch.When);
            var then = Type(branch.Then);
            if (when is not null && subject is not null) when = _compares.Compare(BinarySign.Equal, subject, when, branch.When);
            if (when is null || then is null) failed = true;
            else branches.Add((when, then));
        }
        var otherwise = cases.Else is null ? _nodes.Null(DataType.Null, cases) : Type(cases.Else);
        if (failed || otherwise is null) return null;
        return _functions.Choose(branches, otherwise, cases);
    }

    private static string TypeName(DataType type) => FunctionCalls.TypeName(type);
}
