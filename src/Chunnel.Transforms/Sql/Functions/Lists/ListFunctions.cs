using Chunnel.Core;
using Chunnel.Transforms.Sql.Typing;

namespace Chunnel.Transforms.Sql.Functions.Lists;

/// <summary>Functions of arrays and maps (spec transforms.md 6.1, 6.2 and 6.4).</summary>
internal static class ListFunctions
{
    private const int MostElements = 200;

    public static IReadOnlyList<SqlFunction> All { get; } =
    [
        new()
        {
            Names = ["SPLIT"], Gives = "ARRAY<STRING>", Parameters = [Parameter.Text, Parameter.Text],
            Says = "The pieces of the text between a delimiter, which is taken literally; one backslash before a sign may stand, as a regular expression would need it.",
            Example = ("SPLIT('a,b,c', ',')", "[a, b, c]"),
            Make = call => call.Operation("split", DataType.Array(DataType.String), made => new SplitText(made) { Target = made.Target }),
        },
        new()
        {
            Names = ["ARRAY"], Gives = "ARRAY", Parameters = [Parameter.Any, Parameter.Rest], Repeats = true, Nulls = NullRule.Own,
            Says = "An array of the arguments. Numbers become the widest type among them; values of several types become texts.",
            Example = ("ARRAY(1, 2, 3)", "[1, 2, 3]"), Make = Array,
        },
        new()
        {
            Names = ["MAP"], Gives = "MAP", Parameters = [Parameter.Any, Parameter.Any, Parameter.Rest], Repeats = true, Nulls = NullRule.Own,
            Says = "A map of keys and values in turn. Keys become texts; a null key fails the row.",
            Example = ("MAP('a', 1, 'b', 2)", "{\"a\":1,\"b\":2}"), Make = Map,
        },
        Extreme("ARRAY_MAX", "greatest", greatest: true, ("ARRAY_MAX(ARRAY(3, 7, 5))", "7")),
        Extreme("ARRAY_MIN", "least", greatest: false, ("ARRAY_MIN(ARRAY(3, 7, 5))", "3")),
    ];

    private static SqlFunction Extreme(string name, string word, bool greatest, (string, string) example) => new()
    {
        Names = [name], Gives = "the type of the elements", Parameters = [Parameter.List], Example = example,
        Says = $"The {word} element of the array, nulls left out; null for an array without any.",
        Make = call =>
        {
            var element = ((ArrayType)call[0].Type).Element;
            return ElementOrder.Has(element) ? call.Operation(name, element, made => new ExtremeElement(made.Operands[0], greatest) { Target = made.Target })
                : call.Refuse(0, $"Unsupported arg type {FunctionCalls.TypeName(call[0].Type)} of function {name}", "It takes an array of numbers, texts, dates or times.");
        },
    };

    private static Node? Array(FunctionCall call)
    {
        if (Aligned(call, call.Arguments) is not { } elements) return null;
        var type = DataType.Array(elements[0].Type);
        return call.Operation("array", type, elements, made => new MakeArray(made) { Target = made.Target });
    }

    private static Node? Map(FunctionCall call)
    {
        if (call.Count % 2 != 0) return call.Refuse(call.Count - 1, "MAP() requires an even number of arguments: keys and values in turn");
        var keys = call.Arguments.Where((_, i) => i % 2 == 0).Select(key => call.Calls.Casts.ToText(key, key.Syntax)).ToList();
        if (keys.Find(key => key.IsNullConstant) is { } missing) return call.Refuse(0, $"A key of MAP() is null: {missing.Syntax}");
        if (Aligned(call, [.. call.Arguments.Where((_, i) => i % 2 == 1)]) is not { } values) return null;
        return call.Operation("map", DataType.Map(DataType.String, values[0].Type), [.. keys, .. values], made => new MakeMap(made) { Target = made.Target }, canFail: true);
    }

    /// <summary>The nodes in one type; null after reporting a type that lists cannot hold.</summary>
    private static List<Node>? Aligned(FunctionCall call, IReadOnlyList<Node> nodes)
    {
        if (nodes.Count > MostElements)
        {
            call.Calls.Problems.Unsupported(call.Syntax.Where, $"{call.Name}() takes at most {MostElements} elements, but {nodes.Count} were provided");
            return null;
        }
        var types = nodes.Select(node => node.Type).Where(type => type.Kind != TypeKind.Null).Distinct().ToList();
        var type = types.Count == 0 ? DataType.String : types.Count == 1 ? types[0] : types.All(each => each.IsNumeric) ? types.Aggregate(NumberTypes.Widest) : DataType.String;
        if (Operations.Cases.Choices.CanGather(type)) return [.. nodes.Select(node => As(call, node, type))];
        var wrong = nodes.First(node => node.Type == type);
        call.Calls.Problems.Unsupported(wrong.Syntax.Where, $"Unsupported arg type {FunctionCalls.TypeName(type)} of function {call.Name}", "It takes numbers, texts, truths, dates and times.");
        return null;
    }

    private static Node As(FunctionCall call, Node node, DataType type) => node.Type.Kind == TypeKind.Null ? call.Nodes.Null(type, node.Syntax)
        : type.Kind == TypeKind.String ? call.Calls.Casts.ToText(node, node.Syntax)
        : type.IsNumeric ? call.Calls.Numbers.To(node, type) : node;
}
