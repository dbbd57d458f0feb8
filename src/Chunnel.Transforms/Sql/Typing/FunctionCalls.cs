using Chunnel.Core;
using Chunnel.Transforms.Sql.Functions;
using Chunnel.Transforms.Sql.Operations;
using Chunnel.Transforms.Sql.Parsing;

namespace Chunnel.Transforms.Sql.Typing;

/// <summary>Calls of functions, and the choices and joined texts that some of them and some signs are made of.</summary>
internal sealed class FunctionCalls(NodeFactory nodes, Numbers numbers, Casts casts, Compares compares, SqlProblems problems)
{
    public NodeFactory Nodes => nodes;

    public Numbers Numbers => numbers;

    public Casts Casts => casts;

    public Compares Compares => compares;

    public static string TypeName(DataType type) => type.ToString().ToUpperInvariant();

    /// <summary>The node of a call, or null after saying what is wrong with it.</summary>
    public Node? Call(CallSyntax syntax, IReadOnlyList<Node> arguments)
    {
        if (SqlFunctions.Find(syntax.Name) is not { } function)
        {
            problems.Unsupported(syntax.Where, $"Unsupported function: {syntax.Name}", Nearest.DidYouMean(syntax.Name.ToUpperInvariant(), SqlFunctions.Names));
            return null;
        }
        if (!HasArguments(function, syntax, arguments.Count)) return null;
        var typed = new Node[arguments.Count];
        var fits = true;
        for (var i = 0; i < typed.Length; i++)
        {
            var parameter = function.Parameters[Math.Min(i, function.Parameters.Length - 1)];
            if (Fit(arguments[i], parameter) is { } fitting) typed[i] = fitting;
            else
            {
                fits = false;
                problems.Unsupported(arguments[i].Syntax.Where, $"Unsupported arg type {TypeName(arguments[i].Type)} of function {function.Names[0]}",
                    parameter == Parameter.Text ? "It takes a text: convert the value with CAST(... AS STRING)." : parameter == Parameter.Integer ? "It takes a whole number." : "It takes a number.");
            }
        }
        return fits ? function.Make(new FunctionCall(syntax, typed, this)) : null;
    }

    /// <summary>Joined texts of any values; nulls are left out.</summary>
    public Node Concat(IReadOnlyList<Node> pieces, Node? separator, Syntax syntax)
    {
        var texts = pieces.Select(piece => casts.ToText(piece, piece.Syntax)).ToList();
        if (texts.Count == 0) return nodes.Literal("text:", () => Constants.OfText(""), syntax);
        return separator is null
            ? nodes.Call("concat", DataType.String, syntax, texts, made => new ConcatOperation(made.Operands, null) { Target = made.Target })
            : nodes.Call("concat-ws", DataType.String, syntax, [separator, .. texts],
                made => new ConcatOperation([.. made.Operands.Skip(1)], made.Operands[0]) { Target = made.Target });
    }

    /// <summary>CASE and what is made of it: all values become the widest type among them.</summary>
    public Node? Choose(IReadOnlyList<(Node When, Node Then)> branches, Node otherwise, Syntax syntax)
    {
        var type = DataType.Null;
        foreach (var value in branches.Select(branch => branch.Then).Append(otherwise))
        {
            if (CommonType(type, value.Type) is not { } common)
            {
                problems.Unsupported(value.Syntax.Where, $"{TypeName(type)} type not compatible {TypeName(value.Type)}", "Give all of them one type with CAST.");
                return null;
            }
            type = common;
        }
        if (type.Kind == TypeKind.Null) return nodes.Null(DataType.Null, syntax);
        if (Choices.CanGather(type)) return nodes.Case([.. branches.Select(branch => (branch.When, As(branch.Then, type)))], As(otherwise, type), type, syntax);
        problems.UnsupportedExpression(syntax.Where, syntax.ToString(), $"There is no choice between values of type {TypeName(type)}.");
        return null;
    }

    private static DataType? CommonType(DataType left, DataType right)
    {
        if (left == right || right.Kind == TypeKind.Null) return left;
        if (left.Kind == TypeKind.Null) return right;
        return left.IsNumeric && right.IsNumeric ? NumberTypes.Widest(left, right) : null;
    }

    private Node As(Node node, DataType type) =>
        node.Type == type ? node : node.Type.Kind == TypeKind.Null ? nodes.Null(type, node.Syntax) : numbers.To(node, type);

    private bool HasArguments(SqlFunction function, CallSyntax syntax, int count)
    {
        if (count >= function.Fewest && (function.Repeats || count <= function.Parameters.Length)) return true;
        var wanted = function.Repeats ? $"at least {function.Fewest}" : function.Optional == 0 ? $"exactly {function.Fewest}" : $"{function.Fewest} to {function.Parameters.Length}";
        problems.Unsupported(syntax.Where, $"{function.Names[0]}() requires {wanted} arguments, but {count} were provided", $"Example: {function.Example.Expression}.");
        return false;
    }

    /// <summary>The argument as the parameter wants it; null when it does not fit. A null without a type fits everything.</summary>
    private Node? Fit(Node argument, Parameter parameter)
    {
        var isNull = argument.Type.Kind == TypeKind.Null;
        return parameter switch
        {
            Parameter.Text => isNull ? nodes.Null(DataType.String, argument.Syntax) : argument.Type.Kind == TypeKind.String ? argument : null,
            Parameter.Integer => isNull ? nodes.Null(DataType.BigInt, argument.Syntax) : argument.Type.IsInteger ? numbers.ToInteger(argument, DataType.BigInt) : null,
            Parameter.Number => isNull ? nodes.Null(DataType.Int, argument.Syntax) : argument.Type.IsNumeric ? argument : null,
            _ => argument,
        };
    }
}
