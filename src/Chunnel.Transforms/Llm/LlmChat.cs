using System.Text;
using System.Text.Json;
using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.Transforms.Providers;

namespace Chunnel.Transforms.Llm;

/// <summary>Asks a model about rows: a system message says what to do, a user message holds the rows, and the answer is an array with an element for each.</summary>
/// <param name="client">Who asks.</param>
/// <param name="model">Its name, where the request tells it.</param>
/// <param name="prompt">The system message.</param>
/// <param name="custom">How a request looks when it is not as OpenAI's.</param>
internal sealed class LlmChat(ModelClient client, string? model, string prompt, CustomCall? custom)
{
    private const string Failed = "Failed to chat with model";

    private static readonly AnswerPath _content = AnswerPath.Parse("$.choices[0].message.content");

    public ModelCalls Calls => client.Calls;

    public void Open(TransformRuntime runtime) => client.Open(runtime);

    /// <summary>The answers about some rows, or one answer that says why there are none.</summary>
    /// <param name="rows">A JSON array with an object for each row.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="stop">Ends it at once.</param>
    public async Task<IReadOnlyList<LlmAnswer>> AskAsync(ReadOnlyMemory<byte> rows, int count, CancellationToken stop)
    {
        using var response = await client.AskAsync(() => Request(rows), Failed, stop);
        var found = (custom?.Answers ?? _content).Find(response.RootElement);
        if (found.Count == 0) return [LlmAnswer.Unusable($"its response has nothing at {(custom?.Answers ?? _content).Text}: {client.Shown(response.RootElement.GetRawText())}")];
        if (found is [{ ValueKind: JsonValueKind.String } text] && Elements(text.GetString()!) is { } elements) return Counted(elements, count, text);
        // What another provider answers may be the answers themselves.
        if (custom is not null) return found is [{ ValueKind: JsonValueKind.Array } list] ? Counted([.. list.EnumerateArray().Select(LlmAnswer.Of)], count, list) : Counted([.. found.Select(LlmAnswer.Of)], count, found[0]);
        return [LlmAnswer.Unusable($"it answered with something that is no JSON array: {client.Shown(found[0].ToString())}")];
    }

    private HttpRequestMessage Request(ReadOnlyMemory<byte> rows)
    {
        if (custom is not null)
        {
            var values = new Dictionary<string, string> { ["prompt"] = prompt, ["model"] = model ?? "" };
            return custom.Request(client.Address, values, [Encoding.UTF8.GetString(rows.Span)]);
        }
        return JsonRequests.Post(client.Address, client.Key, json =>
        {
            json.WriteStartObject();
            if (model is not null) json.WriteString("model", model);
            json.WriteStartArray("messages");
            Write(json, "system", Encoding.UTF8.GetBytes(prompt));
            Write(json, "user", rows.Span);
            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    private static void Write(Utf8JsonWriter json, string role, ReadOnlySpan<byte> content)
    {
        json.WriteStartObject();
        json.WriteString("role", role);
        json.WriteString("content", content);
        json.WriteEndObject();
    }

    private IReadOnlyList<LlmAnswer> Counted(IReadOnlyList<LlmAnswer> answers, int count, JsonElement whole) => answers.Count == count
        ? answers
        : [LlmAnswer.Unusable($"it gave {answers.Count} answers for {count} rows: {client.Shown(whole.ToString())}")];

    /// <summary>The elements of a text that is a JSON array, in a code fence or not; null for another.</summary>
    private static IReadOnlyList<LlmAnswer>? Elements(string text)
    {
        try
        {
            using var array = JsonDocument.Parse(WithoutFence(text));
            return array.RootElement.ValueKind == JsonValueKind.Array ? [.. array.RootElement.EnumerateArray().Select(LlmAnswer.Of)] : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string WithoutFence(string text)
    {
        const string fence = "```";
        var trimmed = text.Trim();
        if (!trimmed.StartsWith(fence, StringComparison.Ordinal) || !trimmed.EndsWith(fence, StringComparison.Ordinal)) return trimmed;
        var line = trimmed.IndexOf('\n', StringComparison.Ordinal);
        return line < 0 || line > trimmed.Length - fence.Length ? trimmed : trimmed[line..^fence.Length];
    }
}
