using System.Text.Json;
using System.Text.Json.Nodes;

namespace Chunnel.Rest.Tests;

/// <summary>Answers as files that a reviewer reads: what differs from run to run is replaced by what kind of thing it is.</summary>
internal static class Golden
{
    private static readonly string[] _numbers =
    [
        "oldestEnqueueTimestamp", "newestEnqueueTimestamp", "enqueueTimestamp", "checkTime", "waitDurationMs", "checkCount",
        "updatedAt", "collectedAt", "triggerTimestamp", "completedTimestamp", "durationMillis", "stateSize", "httpPort", "threadId", "connectionCount", "allConnectionCount",
        "latestBucketStartMs", "fromMs", "toMs",
    ];

    private static readonly string[] _times = ["createTime", "finishTime", "finishedTime"];
    private static readonly string[] _words = ["projectVersion", "gitCommitAbbrev", "uuid", "threadName", "threadState", "stackTrace"];

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
        // Of a machine and its process nothing is the same twice but the names.
        var isOfMachine = members.ContainsKey("physical.memory.total");
        foreach (var (name, value) in members.ToList())
        {
            if (_numbers.Contains(name)) members[name] = value!.GetValueKind() == JsonValueKind.Number ? "a number" : "no number";
            else if (value?.GetValueKind() == JsonValueKind.String && Kind(name, value.GetValue<string>(), isOfMachine) is { } kind) members[name] = kind;
            else if (IsRate(name) && value is JsonObject rates) foreach (var table in rates.Select(rate => rate.Key).ToList()) rates[table] = "a rate";
            else Replace(value);
        }
    }

    private static string? Kind(string name, string text, bool isOfMachine) => name switch
    {
        _ when _times.Contains(name) => "a time",
        _ when _words.Contains(name) || (isOfMachine && name is not ("isMaster" or "host")) => "a text",
        _ when IsRate(name) => "a rate",
        // A stack follows.
        "errorMsg" => text.Split('\n')[0],
        _ => null,
    };

    private static bool IsRate(string name) => name.EndsWith("QPS", StringComparison.Ordinal) || name.EndsWith("BytesPerSeconds", StringComparison.Ordinal);
}
