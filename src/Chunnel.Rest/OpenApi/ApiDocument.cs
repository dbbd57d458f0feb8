using System.Text.Json.Nodes;

namespace Chunnel.Rest;

/// <summary>The API as an OpenAPI 3.1 document, made of the routes that are served and what is said of them.</summary>
internal static class ApiDocument
{
    private const string OpenApiVersion = "3.1.1";

    /// <param name="routes">What is served.</param>
    /// <param name="contextPath">Below which they are; empty for the root.</param>
    public static JsonObject Of(IEnumerable<Route> routes, string contextPath) => new()
    {
        ["openapi"] = OpenApiVersion,
        ["info"] = new JsonObject
        {
            ["title"] = "Chunnel REST API v2",
            ["version"] = ProgramVersion.Version,
            ["description"] = "SeaTunnel's REST API v2, and what Chunnel adds to it. A refusal has the fail object as its body; the header X-Chunnel-Detail may say more. "
                + "REST API v1 has the same routes below /hazelcast/rest/maps on the member port.",
            ["license"] = new JsonObject { ["name"] = "Apache-2.0", ["identifier"] = "Apache-2.0" },
        },
        ["servers"] = new JsonArray(new JsonObject { ["url"] = contextPath.Length == 0 ? "/" : contextPath }),
        ["tags"] = new JsonArray([.. RouteDocs.Tags.Select(tag => (JsonNode)new JsonObject { ["name"] = tag.Name, ["description"] = tag.Meaning })]),
        ["paths"] = Paths(routes),
        ["components"] = new JsonObject
        {
            ["schemas"] = new JsonObject(Schemas.All.Select(schema => KeyValuePair.Create(schema.Name, (JsonNode?)schema.Type.ToJson()))),
            ["securitySchemes"] = new JsonObject { ["basic"] = new JsonObject { ["type"] = "http", ["scheme"] = "basic", ["description"] = "Where http.enable-basic-auth is on." } },
        },
    };

    private static JsonObject Paths(IEnumerable<Route> routes)
    {
        var paths = new JsonObject();
        foreach (var route in routes.Where(route => route is { OnV2: true, IsAlias: false }).OrderBy(route => route.Path, StringComparer.Ordinal))
        {
            var doc = RouteDocs.Of(route);
            if (doc.Rest is null or { IsOptional: true }) Add(route.Path, route, doc with { Rest = null });
            if (doc.Rest is { } rest) Add(route.HasIdWithin ? route.Path : $"{route.Path}/{{{rest.Name}}}", route, doc);
        }
        return paths;

        void Add(string path, Route route, RouteDoc doc)
        {
            if (paths[path] is not JsonObject item) paths[path] = item = [];
            item[route.Method.ToLowerInvariant()] = Operation(path, route, doc);
        }
    }

    private static JsonObject Operation(string path, Route route, RouteDoc doc)
    {
        var operation = new JsonObject
        {
            ["operationId"] = $"{route.Method.ToLowerInvariant()}{path.Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal).Replace('/', '-')}",
            ["tags"] = new JsonArray(doc.Tag),
            ["summary"] = doc.Summary,
        };
        if (doc.Description is not null) operation["description"] = doc.Description;
        if (Parameters(doc) is { Count: > 0 } parameters) operation["parameters"] = parameters;
        if (doc.Body is { } body) operation["requestBody"] = new JsonObject { ["required"] = true, ["content"] = Content(body.MediaType, body.Type, body.Example) };
        var responses = new JsonObject { ["200"] = new JsonObject { ["description"] = "Done.", ["content"] = Content(doc.Answer.MediaType, doc.Answer.Type, doc.Answer.Example) } };
        foreach (var (status, when) in doc.Refusals)
        {
            responses[status.ToString(System.Globalization.CultureInfo.InvariantCulture)] = new JsonObject
            {
                ["description"] = when,
                ["content"] = Content("application/json", Schema.Named(Schemas.Fail), null),
            };
        }
        operation["responses"] = responses;
        return operation;
    }

    private static JsonArray Parameters(RouteDoc doc)
    {
        var parameters = new JsonArray();
        if (doc.Rest is { } rest)
        {
            parameters.Add((JsonNode)new JsonObject
            {
                ["name"] = rest.Name,
                ["in"] = "path",
                ["required"] = true,
                ["description"] = rest.Meaning,
                ["schema"] = Schema.Text().ToJson(),
                ["example"] = rest.Example,
            });
        }
        foreach (var parameter in doc.Query)
        {
            parameters.Add((JsonNode)new JsonObject { ["name"] = parameter.Name, ["in"] = "query", ["description"] = parameter.Meaning, ["schema"] = parameter.Type.ToJson() });
        }
        return parameters;
    }

    private static JsonObject Content(string mediaType, Schema type, string? example)
    {
        var content = new JsonObject { ["schema"] = type.ToJson() };
        if (example is not null) content["example"] = JsonNode.Parse(example);
        return new JsonObject { [mediaType] = content };
    }
}
