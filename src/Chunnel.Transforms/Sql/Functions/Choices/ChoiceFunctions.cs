using Chunnel.Core;
using Chunnel.Transforms.Sql.Parsing;
using Chunnel.Transforms.Sql.Typing;

namespace Chunnel.Transforms.Sql.Functions.Choices;

/// <summary>Functions that choose one of their arguments (spec transforms.md 6.4). They are CASEs: what is not chosen does not run where it could fail.</summary>
internal static class ChoiceFunctions
{
    public static IReadOnlyList<SqlFunction> All { get; } =
    [
        new()
        {
            Names = ["COALESCE"], Gives = "the widest type", Parameters = [Parameter.Any, Parameter.Rest], Repeats = true, Nulls = NullRule.Own,
            Says = "The first argument that is not null, in the widest type of all.",
            Example = ("COALESCE(NULL, 'x', 'y')", "x"), Make = FirstKnown,
        },
        new()
        {
            Names = ["IFNULL"], Gives = "the wider type", Parameters = [Parameter.Any, Parameter.Any], Nulls = NullRule.Own,
            Says = "The first argument, or the second where the first is null.",
            Example = ("IFNULL(NULL, 5)", "5"), Make = FirstKnown,
        },
        new()
        {
            Names = ["NULLIF"], Gives = "the first type", Parameters = [Parameter.Any, Parameter.Any], Nulls = NullRule.Own,
            Says = "The first argument, or null where both are the same. Values of two types are never the same.",
            Example = ("NULLIF(7, 2)", "7"), Make = NullIfSame,
        },
        new()
        {
            Names = ["MULTI_IF"], Gives = "the widest type", Parameters = [Parameter.Condition, Parameter.Any, Parameter.Any, Parameter.Rest], Repeats = true, Nulls = NullRule.Own,
            Says = "Conditions and values in turn, and a last value: the value behind the first condition that is true, else the last.",
            Example = ("MULTI_IF(1 > 2, 'a', 2 > 1, 'b', 'c')", "b"), Make = FirstTrue,
        },
    ];

    private static Node? FirstTrue(FunctionCall call)
    {
        if (call.Count % 2 == 0) return call.Refuse(call.Count - 1, "MULTI_IF() requires conditions and values in turn and a last value");
        var branches = new List<(Node When, Node Then)>();
        for (var i = 0; i + 1 < call.Count; i += 2)
        {
            var when = call[i].Type.Kind == TypeKind.Null ? call.Null(DataType.Boolean) : call[i];
            if (when.Type.Kind != TypeKind.Boolean) return call.Refuse(i, $"Unsupported arg type {FunctionCalls.TypeName(when.Type)} of function MULTI_IF", Parameter.Condition.ToMend());
            branches.Add((when, call[i + 1]));
        }
        return call.Calls.Choose(branches, call.Arguments[^1], call.Syntax);
    }

    private static Node? FirstKnown(FunctionCall call)
    {
        var branches = call.Arguments.SkipLast(1).Select(argument => (call.Nodes.IsNull(argument, negated: true, call.Syntax), argument)).ToList();
        return branches.Count == 0 ? call[0] : call.Calls.Choose(branches, call.Arguments[^1], call.Syntax);
    }

    private static Node? NullIfSame(FunctionCall call)
    {
        if (call[0].Type != call[1].Type && call[0].Type.Kind != TypeKind.Null && call[1].Type.Kind != TypeKind.Null) return call[0];
        var same = call.Calls.Compares.Compare(BinarySign.Equal, call[0], call[1], call.Syntax)!;
        return call.Calls.Choose([(same, call.Nodes.Null(call[0].Type, call.Syntax))], call[0], call.Syntax);
    }
}
