using System.Text.Json;
using Chunnel.Transforms.Providers;

namespace Chunnel.Transforms.Embedding;

/// <summary>A model that is asked as OpenAI's are.</summary>
/// <param name="client">Who asks.</param>
/// <param name="model">Its name.</param>
/// <param name="dimension">How long vectors are to be, where the request may say so.</param>
/// <param name="alone">True when the input is a text, and not a list of texts.</param>
internal sealed class ListModel(ModelClient client, string model, int? dimension, bool alone) : EmbeddingModel(client)
{
    public override bool OneInput => alone;

    protected override Task<JsonDocument> AnswerAsync(IReadOnlyList<EmbeddingInput> inputs, CancellationToken stop) => Client.AskAsync(() => JsonRequests.Post(Client.Address, Client.Key, json =>
    {
        json.WriteStartObject();
        json.WriteString("model", model);
        json.WritePropertyName("input");
        if (alone) json.WriteStringValue(inputs[0].Text);
        else Write(json, inputs);
        if (dimension is { } length) json.WriteNumber("dimensions", length);
        json.WriteEndObject();
    }), Failed, stop);

    public static void Write(Utf8JsonWriter json, IReadOnlyList<EmbeddingInput> inputs)
    {
        json.WriteStartArray();
        foreach (var input in inputs) json.WriteStringValue(input.Text);
        json.WriteEndArray();
    }
}
