using System.Text.Json.Nodes;

namespace Chunnel.Rest;

/// <summary>A JSON Schema (draft 2020-12), as OpenAPI 3.1 takes it. Objects are closed: what is not described is not sent.</summary>
internal sealed class Schema
{
    private readonly JsonObject _json;

    private Schema(JsonObject json) => _json = json;

    public JsonObject ToJson() => (JsonObject)_json.DeepClone();

    public static Schema Text(string? meaning = null) => Of("string", meaning);

    public static Schema Whole(string? meaning = null) => Of("integer", meaning);

    public static Schema Number(string? meaning = null) => Of("number", meaning);

    public static Schema Flag(string? meaning = null) => Of("boolean", meaning);

    /// <summary>A number in a string, as SeaTunnel sends its counters.</summary>
    public static Schema NumberText(string? meaning = null) => Matching("^-?[0-9]+(\\.[0-9]+)?$", meaning);

    /// <summary>A job's id in a string: it has more digits than a JSON number keeps.</summary>
    public static Schema Id() => Matching("^[0-9]+$", "A job's id.");

    public static Schema Time() => Matching("^([0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2})?$", "In the node's time zone.");

    public static Schema Matching(string pattern, string? meaning = null)
    {
        var schema = Of("string", meaning);
        schema._json["pattern"] = pattern;
        return schema;
    }

    public static Schema OneOf(params string[] values)
    {
        var schema = Of("string", null);
        schema._json["enum"] = new JsonArray([.. values.Select(value => (JsonNode)value)]);
        return schema;
    }

    public static Schema List(Schema item, string? meaning = null)
    {
        var schema = Of("array", meaning);
        schema._json["items"] = item.ToJson();
        return schema;
    }

    /// <summary>An object whose keys are data.</summary>
    public static Schema Map(Schema value, string? meaning = null)
    {
        var schema = Of("object", meaning);
        schema._json["additionalProperties"] = value.ToJson();
        return schema;
    }

    /// <summary>Any object, where its keys are somebody else's.</summary>
    public static Schema Anything(string meaning) => Of("object", meaning);

    /// <summary>An object with these members in this order; those whose name ends in <c>?</c> may be absent.</summary>
    public static Schema Object(params (string Name, Schema Type)[] members)
    {
        var schema = Of("object", null);
        var properties = new JsonObject();
        var required = new JsonArray();
        foreach (var (name, type) in members)
        {
            var plain = name.TrimEnd('?');
            properties[plain] = type.ToJson();
            if (plain == name) required.Add((JsonNode)plain);
        }
        schema._json["properties"] = properties;
        schema._json["required"] = required;
        schema._json["additionalProperties"] = false;
        return schema;
    }

    /// <summary>One of <c>components/schemas</c>.</summary>
    public static Schema Named(string name) => new(new JsonObject { ["$ref"] = $"#/components/schemas/{name}" });

    /// <summary>Exactly one of several forms.</summary>
    public static Schema Either(params Schema[] forms) => new(new JsonObject { ["oneOf"] = new JsonArray([.. forms.Select(form => (JsonNode)form.ToJson())]) });

    public Schema OrNull() => Either(this, Of("null", null));

    private static Schema Of(string type, string? meaning)
    {
        var json = new JsonObject { ["type"] = type };
        if (meaning is not null) json["description"] = meaning;
        return new Schema(json);
    }
}
