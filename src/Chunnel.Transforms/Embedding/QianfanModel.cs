using System.Text.Json;
using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.Transforms.Providers;

namespace Chunnel.Transforms.Embedding;

/// <summary>A model of Baidu's Qianfan: a token is got with both keys first, and again before it ends.</summary>
internal sealed class QianfanModel(ModelClient client, string model, string secret, Uri tokens) : EmbeddingModel(client)
{
    public const string TokenAddress = "https://aip.baidubce.com/oauth/2.0/token";

    private const string NoToken = "Failed to obtain an access token";

    /// <summary>A token that is about to end is not used any more.</summary>
    private static readonly TimeSpan _margin = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _one = new(1);
    private TimeProvider _clock = TimeProvider.System;
    private string? _token;
    private DateTimeOffset _ends;

    public override void Open(TransformRuntime runtime)
    {
        base.Open(runtime);
        _clock = runtime.Clock;
    }

    public override void Dispose()
    {
        _one.Dispose();
        base.Dispose();
    }

    protected override async Task<JsonDocument> AnswerAsync(IReadOnlyList<EmbeddingInput> inputs, CancellationToken stop)
    {
        var token = await TokenAsync(stop);
        var address = new Uri($"{Client.Address.AbsoluteUri.TrimEnd('/')}/{Uri.EscapeDataString(model)}?access_token={Uri.EscapeDataString(token)}");
        return await Client.AskAsync(() => JsonRequests.Post(address, "", json =>
        {
            json.WriteStartObject();
            json.WritePropertyName("input");
            ListModel.Write(json, inputs);
            json.WriteEndObject();
        }), Failed, stop);
    }

    private async Task<string> TokenAsync(CancellationToken stop)
    {
        await _one.WaitAsync(stop);
        try
        {
            if (_token is not null && _clock.GetUtcNow() < _ends) return _token;
            var address = new Uri($"{tokens.AbsoluteUri}?grant_type=client_credentials&client_id={Uri.EscapeDataString(Client.Key)}&client_secret={Uri.EscapeDataString(secret)}");
            using var answer = await Client.AskAsync(() => new HttpRequestMessage(HttpMethod.Get, address), NoToken, stop);
            if (!answer.RootElement.TryGetProperty("access_token", out var token) || token.GetString() is not { Length: > 0 } text)
                throw new ChunnelException(ModelErrors.Refused, $"{NoToken}, response: {Client.Shown(answer.RootElement.GetRawText())}") { Mend = "Are 'api_key' and 'secret_key' those of an application of Qianfan's?" };
            var lasts = answer.RootElement.TryGetProperty("expires_in", out var seconds) && seconds.TryGetInt64(out var given) ? TimeSpan.FromSeconds(given) : TimeSpan.FromDays(1);
            (_token, _ends) = (text, _clock.GetUtcNow() + lasts - _margin);
            return text;
        }
        finally
        {
            _one.Release();
        }
    }
}
