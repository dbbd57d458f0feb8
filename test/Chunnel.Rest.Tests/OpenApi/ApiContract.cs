using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;

namespace Chunnel.Rest.Tests;

/// <summary>The API document as a contract: finds the schema of an answer and holds an answer against it (JsonSchema.Net).</summary>
internal sealed class ApiContract(JsonObject document)
{
    private static readonly EvaluationOptions _options = new() { OutputFormat = OutputFormat.List };

    /// <summary>Every operation: path, method, what is said of it.</summary>
    public IEnumerable<(string Path, string Method, JsonObject Operation)> Operations =>
        from path in document["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        select (path.Key, operation.Key, operation.Value!.AsObject());

    public JsonObject Find(string path, string method) =>
        document["paths"]![path]?[method]?.AsObject() ?? throw new KeyNotFoundException($"The document has no {method} {path}.");

    /// <summary>The media type, schema and example of what comes back.</summary>
    public static (string MediaType, JsonNode Schema, JsonNode? Example) AnswerOf(JsonObject operation, int status = 200)
    {
        var content = operation["responses"]![$"{status}"]!["content"]!.AsObject().Single();
        return (content.Key, content.Value!["schema"]!, content.Value["example"]);
    }

    /// <summary>What is wrong with a value; empty when it is as the schema says.</summary>
    public string Mistakes(JsonNode schema, JsonElement value)
    {
        var root = schema.DeepClone().AsObject();
        root["$defs"] = document["components"]!["schemas"]!.DeepClone();
        var text = root.ToJsonString().Replace("#/components/schemas/", "#/$defs/", StringComparison.Ordinal);
        var found = JsonSchema.FromText(text).Evaluate(value, _options);
        if (found.IsValid) return "";
        var details = (found.Details ?? []).Where(detail => detail.Errors is { Count: > 0 })
            .SelectMany(detail => detail.Errors!.Select(error => $"{detail.InstanceLocation} {error.Key}: {error.Value}"));
        return string.Join('\n', details.Append(value.GetRawText()));
    }
}
