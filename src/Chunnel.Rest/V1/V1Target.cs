using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Chunnel.Rest;

/// <summary>What v1 was asked for, as it was written: nothing decoded, one slash at the end left out (spec rest-api.md 2.2).</summary>
/// <param name="Whole">With the query.</param>
/// <param name="Path">Without it.</param>
internal readonly record struct V1Target(string Whole, string Path)
{
    public static V1Target Of(HttpContext http)
    {
        var raw = http.Features.Get<IHttpRequestFeature>()!.RawTarget;
        // Proxies may write the whole address.
        if (!raw.StartsWith('/')) raw = http.Request.Path.ToUriComponent() + http.Request.QueryString.ToUriComponent();
        var question = raw.IndexOf('?', StringComparison.Ordinal);
        var path = question < 0 ? raw : raw[..question];
        if (path.EndsWith('/')) path = path[..^1];
        return new V1Target(raw, path);
    }

    /// <summary>What follows a route and its slash; null for nothing.</summary>
    public string? After(string route) => Path.Length > route.Length && Path[route.Length] == '/' ? Path[(route.Length + 1)..] : null;
}
