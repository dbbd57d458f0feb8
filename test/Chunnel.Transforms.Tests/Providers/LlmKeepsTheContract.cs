using System.Text.Json;
using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.TestKit;
using Chunnel.Transforms.Llm;

namespace Chunnel.Transforms.Tests.Providers;

/// <summary>The suite of the contract, over rows of every type, against a double that answers with the row itself.</summary>
public sealed class LlmKeepsTheContract : TransformContract, IAsyncLifetime
{
    private ModelDouble? _server;

    protected override TransformPlugin Plugin => new LlmPlugin();

    protected override SettingsObject Settings => TestSettings.Of($$"""{ "model_provider": "OPENAI", "model": "m", "prompt": "p", "api_key": "k", "api_path": "{{_server!.Address}}", "process_batch_size": 64 }""");

    protected override TableSchema Table { get; } = RandomRows.EveryType();

    public async ValueTask InitializeAsync() =>
        _server = await ModelDouble.StartAsync(asked => Answered.Chat(JsonSerializer.Serialize(asked.Rows.EnumerateArray().Select(row => row.GetRawText()))));

    public ValueTask DisposeAsync() => _server!.DisposeAsync();
}
