using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.Transforms.Providers;

namespace Chunnel.Transforms.Embedding;

/// <summary>Who has embedding models, and what it takes to ask there.</summary>
/// <param name="Name">As job files write it.</param>
/// <param name="Address">Its own; null when it has none, or one for each region.</param>
internal sealed record EmbeddingProvider(string Name, string? Address)
{
    public const string Doubao = "DOUBAO";

    private const string OpenAi = "OPENAI";
    private const string Qianfan = "QIANFAN";
    private const string Zhipu = "ZHIPU";
    private const string Amazon = "AMAZON";
    private const string Custom = "CUSTOM";
    private const string MultimodalPath = "/multimodal";

    public static readonly IReadOnlyList<EmbeddingProvider> All =
    [
        new(OpenAi, "https://api.openai.com/v1/embeddings") { Needs = [ModelOptions.ApiKey], OneInput = "OpenAI model only supports single input" },
        new(Doubao, "https://ark.cn-beijing.volces.com/api/v3/embeddings") { Needs = [ModelOptions.ApiKey] },
        new(Qianfan, "https://aip.baidubce.com/rpc/2.0/ai_custom/v1/wenxinworkshop/embeddings") { Needs = [ModelOptions.ApiKey, EmbeddingKeys.SecretKey] },
        new(Zhipu, "https://open.bigmodel.cn/api/paas/v4/embeddings") { Needs = [ModelOptions.ApiKey] },
        new(Amazon, null) { Needs = [ModelOptions.ApiKey, EmbeddingKeys.SecretKey, EmbeddingKeys.Region] },
        new(Custom, null),
    ];

    /// <summary>Options that it cannot do without.</summary>
    public IReadOnlyList<OptionDescription> Needs { get; init; } = [];

    /// <summary>What is said to those who want several inputs in a request; null where they may.</summary>
    public string? OneInput { get; init; }

    public static EmbeddingProvider Named(string name) => All.First(provider => provider.Name == name);

    /// <summary>A model as a block describes it.</summary>
    public EmbeddingModel Model(SettingsObject settings, bool isMultimodal)
    {
        var model = ModelOptions.Model.Read(settings);
        var key = ModelOptions.ApiKey.TryRead(settings, out var written) ? written : "";
        var secret = EmbeddingKeys.SecretKey.TryRead(settings, out var second) ? second : "";
        var region = EmbeddingKeys.Region.TryRead(settings, out var place) ? place : "";
        int? dimension = EmbeddingPlugin.Dimension.TryRead(settings, out var length) ? length : null;
        var address = ModelName.Into(ModelOptions.ApiPath.TryRead(settings, out var path) ? path : Address is null ? BedrockModel.AddressOf(region) : isMultimodal ? Address + MultimodalPath : Address, model);
        var client = new ModelClient(address, key, ModelCalls.Of(settings), SecretValues.Of([(settings, [ModelOptions.ApiKey.Key, EmbeddingKeys.SecretKey.Key, ModelOptions.CustomHeaders.Key])]));
        return Name switch
        {
            OpenAi => new ListModel(client, model, dimension, alone: true),
            Qianfan => new QianfanModel(client, model, secret, new Uri(EmbeddingKeys.OauthPath.TryRead(settings, out var oauth) ? oauth : QianfanModel.TokenAddress)),
            Amazon => new BedrockModel(client, model, secret, region, dimension),
            Custom => new CustomModel(client, model, CustomCall.Of(settings)),
            _ => isMultimodal ? new MultimodalModel(client, model) : new ListModel(client, model, Name == Zhipu ? dimension : null, alone: false),
        };
    }
}
