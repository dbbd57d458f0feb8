using System.Text.Json;
using Chunnel.Transforms.Providers;

namespace Chunnel.Transforms.Embedding;

/// <summary>DOUBAO's model for texts, images and videos: a request has one of them, and its answer one vector.</summary>
internal sealed class MultimodalModel(ModelClient client, string model) : EmbeddingModel(client)
{
    public override bool OneInput => true;

    protected override Task<JsonDocument> AnswerAsync(IReadOnlyList<EmbeddingInput> inputs, CancellationToken stop) => Client.AskAsync(() => JsonRequests.Post(Client.Address, Client.Key, json =>
    {
        json.WriteStartObject();
        json.WriteString("model", model);
        json.WriteStartArray("input");
        foreach (var input in inputs) Write(json, input);
        json.WriteEndArray();
        json.WriteEndObject();
    }), Failed, stop);

    private static void Write(Utf8JsonWriter json, EmbeddingInput input)
    {
        json.WriteStartObject();
        if (input.Kind == ModalityKind.Text)
        {
            json.WriteString("type", "text");
            json.WriteString("text", input.Text);
        }
        else
        {
            var type = input.Kind == ModalityKind.Image ? "image_url" : "video_url";
            json.WriteString("type", type);
            json.WriteStartObject(type);
            json.WriteString("url", input.Text);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }
}
