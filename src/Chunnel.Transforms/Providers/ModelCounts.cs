using System.Text.Json;

namespace Chunnel.Transforms.Providers;

/// <summary>What asking models costs: the counters that a job's metrics show.</summary>
internal static class ModelCounts
{
    public const string Requests = "ModelRequestCount";
    public const string Retries = "ModelRetryCount";
    public const string PromptTokens = "ModelPromptTokens";
    public const string CompletionTokens = "ModelCompletionTokens";

    private const int BytesPerToken = 4;

    // OpenAI and those like it; others.
    private static readonly string[] _promptNames = ["prompt_tokens", "input_tokens"];
    private static readonly string[] _completionNames = ["completion_tokens", "output_tokens"];

    /// <summary>A guess, before the answer tells.</summary>
    public static long TokensOf(long bytes) => (bytes + BytesPerToken - 1) / BytesPerToken;

    /// <summary>What an answer says of its cost; nothing when it says nothing.</summary>
    public static (long Prompt, long Completion) UsageOf(JsonElement answer)
    {
        if (answer.ValueKind != JsonValueKind.Object) return default;
        if (answer.TryGetProperty("usage", out var usage) && usage.ValueKind == JsonValueKind.Object) return (First(usage, _promptNames), First(usage, _completionNames));
        return (First(answer, ["inputTextTokenCount"]), 0);
    }

    private static long First(JsonElement from, ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (from.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var count)) return Math.Max(0, count);
        }
        return 0;
    }
}
