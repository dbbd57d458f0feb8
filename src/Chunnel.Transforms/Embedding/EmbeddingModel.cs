using System.Text.Json;
using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.Transforms.Providers;

namespace Chunnel.Transforms.Embedding;

/// <summary>Makes vectors of inputs, by asking a provider in its language.</summary>
internal abstract class EmbeddingModel(ModelClient client) : IDisposable
{
    protected const string Failed = "Failed to get vector from text";

    /// <summary>True when a request has one input, whatever the settings say.</summary>
    public virtual bool OneInput => false;

    public ModelCalls Calls => client.Calls;

    protected ModelClient Client => client;

    public virtual void Open(TransformRuntime runtime) => client.Open(runtime);

    /// <summary>A vector for each input, in their order.</summary>
    public async Task<IReadOnlyList<float[]>> AskAsync(IReadOnlyList<EmbeddingInput> inputs, CancellationToken stop)
    {
        using var answer = await AnswerAsync(inputs, stop);
        try
        {
            return VectorsOf(answer.RootElement);
        }
        catch (Exception unreadable) when (unreadable is InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new ChunnelException(ModelErrors.WrongAnswer, $"{Failed}, response: it has no vectors where they should stand: {client.Shown(answer.RootElement.GetRawText())}", unreadable)
            {
                Mend = "Is the model one for embeddings, and does the provider say why it gave none?",
            };
        }
    }

    public virtual void Dispose()
    {
        // Most hold nothing.
    }

    protected abstract Task<JsonDocument> AnswerAsync(IReadOnlyList<EmbeddingInput> inputs, CancellationToken stop);

    /// <summary>As OpenAI and most others write them; in the order of their numbers, if they have any.</summary>
    protected virtual IReadOnlyList<float[]> VectorsOf(JsonElement answer)
    {
        var data = answer.GetProperty("data");
        if (data.ValueKind == JsonValueKind.Object) return [Vector(data.GetProperty("embedding"))];
        return [.. data.EnumerateArray()
            .OrderBy(item => item.TryGetProperty("index", out var index) && index.ValueKind == JsonValueKind.Number ? index.GetInt32() : 0)
            .Select(item => Vector(item.GetProperty("embedding")))];
    }

    protected static float[] Vector(JsonElement numbers) => [.. numbers.EnumerateArray().Select(number => number.GetSingle())];
}
