using System.Text.Json;
using System.Text.Json.Nodes;

namespace Chunnel.Rest.Tests;

/// <summary>Answers as a file that a reviewer reads: times are replaced, which differ from run to run.</summary>
internal static class Golden
{
    private static readonly string[] _times = ["oldestEnqueueTimestamp", "newestEnqueueTimestamp", "enqueueTimestamp", "checkTime", "waitDurationMs", "checkCount"];

    private static readonly JsonSerializerOptions _indented = new() { WriteIndented = true, NewLine = "\n", Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IReadOnlyList<string> Read(string name) => File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "golden", "answers", name));

    public static IReadOnlyList<string> Of(JsonElement answer)
    {
        var tree = JsonNode.Parse(answer.GetRawText())!;
        Replace(tree);
        return tree.ToJsonString(_indented).Split('\n');
    }

    private static void Replace(JsonNode? node)
    {
        if (node is JsonArray array)
        {
            foreach (var item in array) Replace(item);
        }
        if (node is not JsonObject members) return;
        foreach (var (name, value) in members.ToList())
        {
            if (_times.Contains(name)) members[name] = value!.GetValueKind() == JsonValueKind.Number ? "a number" : "no number";
            else Replace(value);
        }
    }
}
