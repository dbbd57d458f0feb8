using Microsoft.AspNetCore.Http;

namespace Chunnel.Rest;

/// <summary>
/// REST API v1: SeaTunnel's routes as maps and instance of a Hazelcast member, on the port that other nodes know this one by. A group that is
/// switched off is not served (spec rest-api.md 13).
/// </summary>
internal sealed class V1Face(V1Settings settings, RestParts parts) : Face(WireStyle.V1, parts.Log)
{
    private readonly IReadOnlyList<V1Entry> _entries = V1Table.Of(parts);

    protected override async Task<Reply> AnswerAsync(HttpContext http, CancellationToken stop)
    {
        var request = http.Request;
        var target = V1Target.Of(http);
        var here = _entries.Where(entry => entry.IsAt(target)).ToList();
        if (here.Count == 0) return IsBelowMaps(target.Path) && IsServed(EndpointGroups.Data) ? NoSuchMap(http, target) : NotServed(target.Path);
        // The longest name has the path; it may be there once for each method.
        var entries = here.TakeWhile(entry => entry.Path.Length == here[0].Path.Length).ToList();
        var entry = entries.Find(candidate => Takes(candidate.Route, request.Method));
        if (!IsServed((entry ?? entries[0]).Group)) return NotServed(target.Path);
        if (entry is null) return WrongMethod(http, entries[0].Route);
        request.PathBase = V1Table.Maps;
        return await entry.Route.Answer(new RestCall(request, target.Path, target.After(entry.Path), Style), stop);
    }

    private bool IsServed(EndpointGroups group) => settings.Groups.HasFlag(group);

    private static bool IsBelowMaps(string path) => path.StartsWith($"{V1Table.Maps}/", StringComparison.Ordinal);

    /// <summary>PUT is as good as POST.</summary>
    private static bool Takes(Route route, string method) => route.Takes(method) || (HttpMethods.IsPut(method) && HttpMethods.IsPost(route.Method));

    private BytesReply WrongMethod(HttpContext http, Route route) =>
        IsWrite(http.Request.Method) && HttpMethods.IsGet(route.Method)
            ? Fail(StatusCodes.Status400BadRequest, WireTexts.MissingMapName(route.Path))
            : OtherMethod(http.Response, http.Request.Method, route.Method);

    /// <summary>A member without that map answers a question with nothing. There are no maps here to be written.</summary>
    private BytesReply NoSuchMap(HttpContext http, V1Target target)
    {
        var name = target.Path[V1Table.Maps.Length..];
        var mend = Route.Mend(FirstOf(name), _entries.Where(entry => entry.Group == EndpointGroups.Data && !entry.Route.IsAlias).Select(entry => entry.Route.Path));
        if (IsWrite(http.Request.Method)) return Fail(StatusCodes.Status404NotFound, $"Nothing answers at '{target.Path}'. {mend}");
        Detail(http.Response, $"Nothing answers at '{target.Path}'. {mend}");
        return BytesReply.Empty(StatusCodes.Status204NoContent);
    }

    private BytesReply NotServed(string path) =>
        Fail(StatusCodes.Status404NotFound, $"Nothing answers at '{path}'. {Route.Mend(path, _entries.Where(entry => IsServed(entry.Group) && !entry.Route.IsAlias).Select(entry => entry.Path))}");

    private static bool IsWrite(string method) => HttpMethods.IsPost(method) || HttpMethods.IsPut(method);

    private static string FirstOf(string path)
    {
        var slash = path.IndexOf('/', 1);
        return slash < 0 ? path : path[..slash];
    }
}
