using Chunnel.Core;
using Chunnel.Transforms.Providers;

namespace Chunnel.Transforms.Llm;

/// <summary>Who has a model, and how it is called there.</summary>
/// <param name="Name">As job files write it.</param>
/// <param name="Address">Its own; null when it has none.</param>
internal sealed record ChatProvider(string Name, string? Address)
{
    public const string Microsoft = "MICROSOFT";
    public const string Custom = "CUSTOM";

    public static readonly IReadOnlyList<ChatProvider> All =
    [
        new("OPENAI", "https://api.openai.com/v1/chat/completions"),
        new("DOUBAO", "https://ark.cn-beijing.volces.com/api/v3/chat/completions"),
        new("KIMIAI", "https://api.moonshot.cn/v1/chat/completions"),
        new("DEEPSEEK", "https://api.deepseek.com/chat/completions"),
        new("ZHIPU", "https://open.bigmodel.cn/api/paas/v4/chat/completions"),
        new(Microsoft, null),
        new(Custom, null),
    ];

    public bool NeedsKey => Name != Custom;

    /// <summary>Microsoft's addresses name the model.</summary>
    private bool TellsModel => Name != Microsoft;

    public static ChatProvider Named(string name) => All.First(provider => provider.Name == name);

    /// <summary>A chat as a block describes it.</summary>
    public LlmChat Chat(SettingsObject settings, string prompt, string type)
    {
        var model = ModelOptions.Model.Read(settings);
        var key = ModelOptions.ApiKey.TryRead(settings, out var written) ? written : "";
        var address = ModelName.Into(ModelOptions.ApiPath.TryRead(settings, out var path) ? path : Address!, model);
        var client = new ModelClient(address, key, ModelCalls.Of(settings), SecretValues.Of([(settings, [ModelOptions.ApiKey.Key, ModelOptions.CustomHeaders.Key])]));
        return new LlmChat(client, TellsModel ? model : null, ChatRules.Behind(prompt, type), Name == Custom ? CustomCall.Of(settings) : null);
    }
}
