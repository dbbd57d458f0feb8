using System.Text.Json;
using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.TestKit;
using Chunnel.Transforms.Embedding;

namespace Chunnel.Transforms.Tests.Providers;

/// <summary>The suite of the contract, over rows of every type, against a double whose vectors tell of the texts.</summary>
public sealed class EmbeddingKeepsTheContract : TransformContract, IAsyncLifetime
{
    private ModelDouble? _server;

    protected override TransformPlugin Plugin => new EmbeddingPlugin();

    protected override SettingsObject Settings => TestSettings.Of($$"""
        {
          "model_provider": "ZHIPU", "model": "m", "api_key": "k", "api_path": "{{_server!.Address}}", "single_vectorized_input_number": 64,
          "vectorization_fields": { "v": "c8", "c3": "c3", "w": "c20" }
        }
        """);

    protected override TableSchema Table { get; } = RandomRows.EveryType();

    public async ValueTask InitializeAsync() => _server = await ModelDouble.StartAsync(asked =>
        Answered.Vectors([.. asked.Json.GetProperty("input").EnumerateArray().Select(text => new[] { text.GetString()!.Length, (float)text.GetString()!.Sum(character => character) })]));

    public ValueTask DisposeAsync() => _server!.DisposeAsync();
}
