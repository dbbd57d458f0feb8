using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.Transforms.Sql.Parsing;
using Chunnel.Transforms.Sql.Typing;

namespace Chunnel.Transforms.Sql.Functions.Users;

/// <summary>Calls of functions that plug-ins bring (spec transforms.md 6.6).</summary>
internal static class UserFunctions
{
    /// <summary>The node of a call, or null after reporting that the arguments do not fit.</summary>
    public static Node? Call(ISqlFunction function, CallSyntax syntax, IReadOnlyList<Node> arguments, NodeFactory nodes, SqlProblems problems)
    {
        IReadOnlyList<Node> typed = [.. arguments.Select(argument => argument.Type.Kind == TypeKind.Null ? nodes.Null(DataType.String, argument.Syntax) : argument)];
        if (function.ResultType([.. typed.Select(argument => argument.Type)]) is not { } type)
        {
            var types = string.Join(", ", typed.Select(argument => FunctionCalls.TypeName(argument.Type)));
            problems.Unsupported(syntax.Where, $"Unsupported arg types ({types}) of function {syntax.Name.ToUpperInvariant()}", $"{function.Signature}.");
            return null;
        }
        var name = $"user-{function.Name.ToUpperInvariant()}";
        return function.IsSteady
            ? nodes.Call(name, type, syntax, typed, made => new UserOperation(made, function) { Target = made.Target }, canFail: true)
            : nodes.Fresh(name, type, syntax, typed, made => new UserOperation(made, function) { Target = made.Target }, canFail: true);
    }
}
