using System.Text.Json;
using Chunnel.Transforms.Providers;

namespace Chunnel.Transforms.Embedding;

/// <summary>A model that is asked as the job says.</summary>
internal sealed class CustomModel(ModelClient client, string model, CustomCall call) : EmbeddingModel(client)
{
    private readonly Dictionary<string, string> _values = new() { ["model"] = model };

    protected override Task<JsonDocument> AnswerAsync(IReadOnlyList<EmbeddingInput> inputs, CancellationToken stop) =>
        Client.AskAsync(() => call.Request(Client.Address, _values, [.. inputs.Select(input => input.Text)]), Failed, stop);

    /// <summary>Each thing that is found is a vector, or all that is found is one list of them, or one vector.</summary>
    protected override IReadOnlyList<float[]> VectorsOf(JsonElement answer)
    {
        var found = call.Answers.Find(answer);
        if (found is [{ ValueKind: JsonValueKind.Array } only] && only.EnumerateArray().All(element => element.ValueKind == JsonValueKind.Array)) return [.. only.EnumerateArray().Select(Vector)];
        return [.. found.Select(Vector)];
    }
}
