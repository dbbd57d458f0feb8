using System.Text.Json;

namespace Chunnel.Rest.Tests;

/// <summary>Compares answers by the names, order and kinds of their members.</summary>
internal static class Shape
{
    /// <summary>Members that only later servers have.</summary>
    private static readonly string[] _later =
    [
        "finishedTime", "works", "pendingJobs", "IntermediateQueueSize",
        "SinkCommittedCount", "SinkCommittedBytes", "SinkCommittedQPS", "SinkCommittedBytesPerSeconds",
        "TableSinkCommittedCount", "TableSinkCommittedBytes", "TableSinkCommittedQPS", "TableSinkCommittedBytesPerSeconds",
    ];

    /// <summary>Members whose inner names are data: what is compared is the kind.</summary>
    private static bool IsMap(string name) => name.StartsWith("Table", StringComparison.Ordinal) || name is "envOptions" or "pluginJarsUrls" or "pipelineEdges";

    /// <summary>The names at each place in order, each with the kind of its value; <paramref name="inOrder"/> false sorts them.</summary>
    public static IReadOnlyList<string> Of(JsonElement value, bool inOrder)
    {
        var found = new List<string>();
        Walk("", value, found);
        if (!inOrder) found.Sort(StringComparer.Ordinal);
        return found;
    }

    private static void Walk(string path, JsonElement value, List<string> found)
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in value.EnumerateArray().Take(1)) Walk($"{path}[]", item, found);
            return;
        }
        if (value.ValueKind != JsonValueKind.Object) return;
        foreach (var member in value.EnumerateObject().Where(member => !_later.Contains(member.Name)))
        {
            var place = $"{path}.{member.Name}";
            found.Add($"{place}: {KindOf(member.Value)}");
            if (!IsMap(member.Name)) Walk(place, member.Value, found);
        }
    }

    private static string KindOf(JsonElement value) =>
        value.ValueKind is JsonValueKind.True or JsonValueKind.False ? "Boolean" : value.ValueKind.ToString();
}
