using Chunnel.Core;
using Microsoft.AspNetCore.Http;

namespace Chunnel.Rest;

/// <summary>The routes that are about the texts of jobs.</summary>
internal sealed class ConfigRoutes(RestParts parts)
{
    public static IEnumerable<Route> Of(RestParts parts) => [new Route("/encrypt-config", HttpMethods.Post, new ConfigRoutes(parts).EncryptAsync)];

    private async Task<Reply> EncryptAsync(RestCall call, CancellationToken stop)
    {
        var encrypted = parts.Configs.Encrypt(await call.ReadTextAsync(stop));
        return BytesReply.Ok(json => json.WriteRawValue(SettingsJson.Compact(encrypted), skipInputValidation: true));
    }
}
