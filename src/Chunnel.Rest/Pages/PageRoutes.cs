using Microsoft.AspNetCore.Http;

namespace Chunnel.Rest;

/// <summary>The pages that a person sees who opens the node in a browser, served by the node alone (spec rest-api.md 1.7).</summary>
internal static class PageRoutes
{
    public static IEnumerable<Route> Of() =>
    [
        Page("/", "index.html", "text/html; charset=utf-8"),
        Page("/ui/status.css", "status.css", "text/css; charset=utf-8"),
        Page("/ui/status.js", "status.js", "text/javascript; charset=utf-8"),
        Page("/openapi", "openapi.html", "text/html; charset=utf-8") with { IsAlias = false },
        Page("/ui/openapi.css", "openapi.css", "text/css; charset=utf-8"),
        Page("/ui/openapi.js", "openapi.js", "text/javascript; charset=utf-8"),
    ];

    private static Route Page(string path, string file, string type) =>
        new(path, HttpMethods.Get, (call, _) => Task.FromResult<Reply>(new PageReply(file, type, call.Request.PathBase))) { V1 = V1Place.None, IsAlias = true };
}
