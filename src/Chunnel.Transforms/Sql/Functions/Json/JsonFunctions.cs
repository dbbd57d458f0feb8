using Chunnel.Core;
using Chunnel.Transforms.Sql.Typing;

namespace Chunnel.Transforms.Sql.Functions.Json;

/// <summary>Functions of texts that hold JSON.</summary>
internal static class JsonFunctions
{
    public static IReadOnlyList<SqlFunction> All { get; } =
    [
        new()
        {
            Names = ["GET_JSON_OBJECT"], Gives = "STRING", Parameters = [Parameter.Text, Parameter.Text],
            Says = "What stands at a path of a JSON text: $ is the whole, .name and ['name'] a member, [0] an element. A string without its quotes, an object or array as compact JSON; null for a JSON null, for what is not there and for a text that is no JSON.",
            Example = ("GET_JSON_OBJECT('{\"a\":\"hello\",\"b\":[10,20]}', '$.b[1]')", "20"), Make = GetObject,
        },
    ];

    private static Node? GetObject(FunctionCall call)
    {
        if (call.Word(1) is { } text && !JsonPath.TryParse(System.Text.Encoding.UTF8.GetBytes(text), out _, out var problem))
            return call.Refuse(1, $"The path '{text}' of function {call.Name} cannot be read: {problem}", "Write $.name, $['name'] and $[0] one behind the other.");
        return call.Operation("get-json-object", DataType.String, made => new GetJsonObject(made) { Target = made.Target }, canFail: true);
    }
}
