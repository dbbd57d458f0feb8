using Microsoft.AspNetCore.Http;

namespace Chunnel.Rest;

/// <summary>REST API v2: every route below the context path; each takes its own path and all below it, the longest one first.</summary>
internal sealed class V2Face(PathString context, RestParts parts) : Face(WireStyle.V2, parts.Log)
{
    private readonly IReadOnlyList<Route> _routes = [.. RouteTable.Of(parts).Where(route => route.OnV2).OrderByDescending(route => route.Path.Length)];

    protected override async Task<Reply> AnswerAsync(HttpContext http, CancellationToken stop)
    {
        var request = http.Request;
        if (!request.Path.StartsWithSegments(context, StringComparison.Ordinal, out var matched, out var below)) return NoSuchPlace(request.Path.Value ?? "");
        request.PathBase = matched;
        var path = below.Value is { Length: > 0 } found ? found : "/";
        string? rest = null;
        if (_routes.FirstOrDefault(candidate => candidate.LeadsTo(path, out rest)) is not { } route) return NoSuchPlace(path);
        if (!route.Takes(request.Method)) return OtherMethod(http.Response, request.Method, route.Method);
        return await route.Answer(new RestCall(request, path, rest, Style), stop);
    }

    private BytesReply NoSuchPlace(string path)
    {
        var first = path.IndexOf('/', Math.Min(1, path.Length));
        var known = _routes.Where(route => !route.IsAlias).Select(route => route.Path);
        return Fail(StatusCodes.Status404NotFound, $"Nothing answers at '{path}'. {Route.Mend(first < 0 ? path : path[..first], known, context.Value ?? "")}");
    }
}
