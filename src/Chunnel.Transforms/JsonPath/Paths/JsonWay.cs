using System.Diagnostics.CodeAnalysis;
using System.Text;
using Chunnel.Transforms.Sql.Functions.Json;
using ScannedPath = Chunnel.Transforms.Sql.Functions.Json.JsonPath;

namespace Chunnel.Transforms.JsonPath.Paths;

/// <summary>A path into JSON, as Jayway's JsonPath reads it.</summary>
internal sealed class JsonWay(IReadOnlyList<PathStep> steps)
{
    public IReadOnlyList<PathStep> Steps => steps;

    /// <summary>True when the path leads to one value, which must be there; else what it finds is a list, which may be empty.</summary>
    public bool IsDefinite { get; } = steps is [.., { Selector: PathFunction }] || steps.Select((step, i) => step.IsDefinite(i == steps.Count - 1)).All(definite => definite);

    /// <summary>The path for a single pass over the text; null for one that takes more than single names and numbers.</summary>
    public JsonPaths? Scanned { get; } = steps.All(step => step is { IsDeep: false, Selector: Members { Names.Count: 1 } or Elements { Numbers: [>= 0] } })
        ? new JsonPaths(ScannedPath.Of(steps.Select(step => step.Selector is Members members ? new ScannedPath.Step(Encoding.UTF8.GetBytes(members.Names[0]), -1) : new ScannedPath.Step([], ((Elements)step.Selector).Numbers[0]))))
        : null;

    /// <summary>Reads a path, or says in words why it cannot be.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out JsonWay? path, [NotNullWhen(false)] out string? problem)
    {
        var reader = new PathReader(text);
        path = reader.ReadWhole();
        problem = path is null ? reader.Problem ?? "it cannot be read" : null;
        return path is not null;
    }
}
