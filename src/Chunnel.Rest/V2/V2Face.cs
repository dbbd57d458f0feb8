using Chunnel.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Chunnel.Rest;

/// <summary>REST API v2: finds the route, lets it answer, and turns every failure into an answer too.</summary>
internal sealed class V2Face
{
    private const string DetailHeader = "X-Chunnel-Detail";

    private readonly PathString _context;
    private readonly ILogger _log;
    private readonly IReadOnlyList<Route> _routes;

    public V2Face(HttpSettings settings, RestParts parts)
    {
        _context = new PathString(settings.ContextPath);
        _log = parts.Log;
        // The longest route that takes a path has it.
        _routes = [.. V2Jobs.Routes(parts, settings.JobIdAsNumber).Concat(V2Logs.Routes(parts)).OrderByDescending(route => route.Path.Length)];
    }

    public async Task HandleAsync(HttpContext http)
    {
        var stop = http.RequestAborted;
        try
        {
            var reply = await AnswerAsync(http, stop);
            await reply.SendAsync(http.Response, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The caller is gone.
        }
    }

    private async Task<Reply> AnswerAsync(HttpContext http, CancellationToken stop)
    {
        var request = http.Request;
        try
        {
            if (!request.Path.StartsWithSegments(_context, StringComparison.Ordinal, out var matched, out var below)) return NoSuchPlace(request.Path.Value ?? "");
            request.PathBase = matched;
            var path = below.Value ?? "";
            string? rest = null;
            if (_routes.FirstOrDefault(candidate => candidate.Takes(path, out rest)) is not { } route) return NoSuchPlace(path);
            if (HttpMethods.IsOptions(request.Method) || !Takes(route, request.Method)) return OtherMethod(http.Response, route, request.Method);
            return await route.Answer(new RestCall(request, rest), stop);
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !stop.IsCancellationRequested)
        {
            return Failed(http, failure);
        }
    }

    private static bool Takes(Route route, string method) =>
        HttpMethods.Equals(method, route.Method) || (HttpMethods.IsHead(method) && HttpMethods.IsGet(route.Method));

    private static BytesReply OtherMethod(HttpResponse response, Route route, string method)
    {
        response.Headers.Allow = HttpMethods.IsGet(route.Method) ? "GET, HEAD, OPTIONS" : $"{route.Method}, OPTIONS";
        return HttpMethods.IsOptions(method)
            ? BytesReply.Empty(StatusCodes.Status200OK)
            : BytesReply.Fail(StatusCodes.Status405MethodNotAllowed, $"HTTP method {method} is not supported by this URL. Use {route.Method}.");
    }

    private BytesReply NoSuchPlace(string path)
    {
        var known = _routes.Select(route => $"{_context}{route.Path}").ToList();
        var first = path.IndexOf('/', Math.Min(1, path.Length));
        var mend = Nearest.DidYouMean(first < 0 ? path : path[..first], known) ?? $"There are {string.Join(", ", known.Order(StringComparer.Ordinal))}.";
        return BytesReply.Fail(StatusCodes.Status404NotFound, $"Nothing answers at '{path}'. {mend}");
    }

    private BytesReply Failed(HttpContext http, Exception failure)
    {
        var answer = ErrorAnswer.Of(failure);
        var path = http.Request.Path.Value ?? "";
        if (answer.Detail is not null) http.Response.Headers[DetailHeader] = Printable(answer.Detail);
        if (failure is RestRefusal or ChunnelException or BadHttpRequestException) _log.Refused(http.Request.Method, path, answer.Status, answer.Message, answer.Detail ?? "");
        else _log.Failed(failure, http.Request.Method, path);
        return BytesReply.Fail(answer.Status, answer.Message);
    }

    /// <summary>Headers carry visible ASCII only.</summary>
    private static string Printable(string text) => string.Concat(text.Select(letter => letter is >= ' ' and <= '~' ? letter : '?'));
}
