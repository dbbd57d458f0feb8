using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.Transforms.Sql.Functions;
using Chunnel.Transforms.Sql.Functions.Users;
using Chunnel.Transforms.Sql.Operations.Cases;
using Chunnel.Transforms.Sql.Operations.Columns;
using Chunnel.Transforms.Sql.Operations.Texts;
using Chunnel.Transforms.Sql.Parsing;

namespace Chunnel.Transforms.Sql.Typing;

/// <summary>Calls of functions, and the choices and joined texts that some of them and some signs are made of.</summary>
internal sealed class FunctionCalls(NodeFactory nodes, Numbers numbers, Casts casts, Compares compares, SqlFunctionSet userFunctions, SqlProblems problems)
{
    public NodeFactory Nodes => nodes;

    public Numbers Numbers => numbers;

    public Casts Casts => casts;

    public Compares Compares => compares;

    public SqlProblems Problems => problems;

    public static string TypeName(DataType type) => type.ToString().ToUpperInvariant();

    /// <summary>The node of a call, or null after saying what is wrong with it.</summary>
    public Node? Call(CallSyntax syntax, IReadOnlyList<Node> arguments)
    {
        if (SqlFunctions.Find(syntax.Name) is not { } function)
        {
            if (userFunctions.Make(syntax.Name) is { } user) return UserFunctions.Call(user, syntax, arguments, nodes, problems);
            problems.Unsupported(syntax.Where, $"Unsupported function: {syntax.Name}", SqlFunctions.DidYouMean(syntax.Name) ?? Nearest.DidYouMean(syntax.Name, userFunctions.Names));
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
                problems.Unsupported(arguments[i].Syntax.Where, $"Unsupported arg type {TypeName(arguments[i].Type)} of function {syntax.Name.ToUpperInvariant()}", parameter.ToMend());
            }
        }
        if (!fits || function.Make(new FunctionCall(syntax, typed, this)) is not { } node) return null;
        return function.Nulls == NullRule.Propagates && typed.Any(argument => argument.IsNullConstant) ? nodes.Null(node.Type, syntax) : node;
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
        problems.Unsupported(syntax.Where, $"{syntax.Name.ToUpperInvariant()}() requires {wanted} arguments, but {count} were provided", $"{function.Signature}, for example {function.Example.Expression}.");
        return false;
    }

    /// <summary>The argument as the parameter wants it; null when it does not fit. A null without a type fits everything.</summary>
    private Node? Fit(Node argument, Parameter parameter)
    {
        var type = argument.Type;
        if (type.Kind == TypeKind.Null) return TypeOfNull(parameter) is { } wanted ? nodes.Null(wanted, argument.Syntax) : argument;
        var fits = parameter switch
        {
            Parameter.Text => type.Kind == TypeKind.String,
            Parameter.TextOrBytes => type.Kind is TypeKind.String or TypeKind.Bytes,
            Parameter.Word => type.Kind == TypeKind.String && argument.Constant is not null,
            Parameter.Integer => type.IsInteger,
            Parameter.Number => type.IsNumeric,
            Parameter.Condition => type.Kind == TypeKind.Boolean,
            Parameter.Day => type.Kind is TypeKind.Date or TypeKind.Timestamp or TypeKind.TimestampTz,
            Parameter.Clock => type.Kind is TypeKind.Time or TypeKind.Timestamp or TypeKind.TimestampTz,
            Parameter.Moment => type.Kind is TypeKind.Date or TypeKind.Time or TypeKind.Timestamp or TypeKind.TimestampTz,
            Parameter.List => type.Kind == TypeKind.Array,
            Parameter.Vector => type.Kind is TypeKind.FloatVector or TypeKind.Float16Vector or TypeKind.BFloat16Vector,
            _ => true,
        };
        if (!fits) return null;
        return parameter == Parameter.Integer ? numbers.ToInteger(argument, DataType.BigInt) : argument;
    }

    private static DataType? TypeOfNull(Parameter parameter) => parameter switch
    {
        Parameter.Text or Parameter.TextOrBytes or Parameter.Word => DataType.String,
        Parameter.Integer => DataType.BigInt,
        Parameter.Number => DataType.Int,
        Parameter.Condition => DataType.Boolean,
        Parameter.Day => DataType.Date,
        Parameter.Clock => DataType.Time,
        Parameter.Moment => DataType.Timestamp,
        Parameter.List => DataType.Array(DataType.String),
        Parameter.Vector => DataType.Vector(TypeKind.FloatVector),
        _ => null,
    };
}
