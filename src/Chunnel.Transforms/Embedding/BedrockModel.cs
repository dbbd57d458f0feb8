using System.Text.Json;
using Chunnel.Plugins;
using Chunnel.Transforms.Providers;

namespace Chunnel.Transforms.Embedding;

/// <summary>A model of Amazon's Bedrock: cohere's take several texts at once, titan's and others one. Requests are signed with both keys.</summary>
internal sealed class BedrockModel(ModelClient client, string model, string secret, string region, int? dimension) : EmbeddingModel(client)
{
    private readonly bool _isCohere = model.Contains("cohere.", StringComparison.Ordinal);
    private TimeProvider _clock = TimeProvider.System;

    public override bool OneInput => !_isCohere;

    public static string AddressOf(string region) => $"https://bedrock-runtime.{region}.amazonaws.com";

    public override void Open(TransformRuntime runtime)
    {
        base.Open(runtime);
        _clock = runtime.Clock;
    }

    protected override Task<JsonDocument> AnswerAsync(IReadOnlyList<EmbeddingInput> inputs, CancellationToken stop)
    {
        var address = new Uri($"{Client.Address.AbsoluteUri.TrimEnd('/')}/model/{Uri.EscapeDataString(model)}/invoke");
        return Client.AskAsync(() =>
        {
            var request = JsonRequests.Post(address, "", json => Write(json, inputs));
            AwsSignature.Sign(request, Client.Key, secret, region, "bedrock", _clock.GetUtcNow());
            return request;
        }, Failed, stop);
    }

    protected override IReadOnlyList<float[]> VectorsOf(JsonElement answer) =>
        _isCohere ? [.. answer.GetProperty("embeddings").EnumerateArray().Select(Vector)] : [Vector(answer.GetProperty("embedding"))];

    private void Write(Utf8JsonWriter json, IReadOnlyList<EmbeddingInput> inputs)
    {
        json.WriteStartObject();
        if (_isCohere)
        {
            json.WritePropertyName("texts");
            ListModel.Write(json, inputs);
            json.WriteString("input_type", "search_document");
        }
        else
        {
            json.WriteString("inputText", inputs[0].Text);
            if (dimension is { } length) json.WriteNumber("dimensions", length);
        }
        json.WriteEndObject();
    }
}
