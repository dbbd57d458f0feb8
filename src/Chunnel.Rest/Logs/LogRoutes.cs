using Microsoft.AspNetCore.Http;

namespace Chunnel.Rest;

/// <summary>
/// The routes that show log files, one or a list of them (spec rest-api.md 10.2, 10.3). A file that is not there is 400 without a word, as in
/// SeaTunnel.
/// </summary>
/// <param name="folder">The files.</param>
/// <param name="mostBytes">Of a file that are answered at most; null is all.</param>
internal sealed class LogRoutes(LogFolder folder, long? mostBytes)
{
    private const string LogsPath = "/logs";

    /// <summary>Before a name in the links of one node's list.</summary>
    private const string LogPath = "log/";

    public static IEnumerable<Route> Of(RestParts parts)
    {
        var logs = new LogRoutes(new LogFolder(parts.LogsFolder), parts.Http.MostLogBytes);
        return
        [
            new Route(LogsPath, HttpMethods.Get, (call, _) => Task.FromResult(logs.Logs(call))),
            new Route("/log", HttpMethods.Get, (call, _) => Task.FromResult(logs.Log(call))),
            new Route("/get-all-log-name", HttpMethods.Get, (call, _) => Task.FromResult<Reply>(logs.Names(call))),
        ];
    }

    /// <summary><c>/logs</c>: a file, or the list of those whose names hold the rest of the path.</summary>
    private Reply Logs(RestCall call)
    {
        var rest = Uri.UnescapeDataString(call.Rest ?? "");
        if (!LogFolder.IsPlain(rest)) return Nothing();
        if (rest.Length > 0 && folder.Open(rest) is { } file) return Content(call, file);
        return LogFolder.IsFileName(rest) ? Nothing() : List(call, folder.Names(rest));
    }

    /// <summary><c>/log</c>: a file, or the list of all.</summary>
    private Reply Log(RestCall call)
    {
        var rest = Uri.UnescapeDataString(call.Rest ?? "");
        // The links of the list are relative: below /log/ they lead here.
        if (rest.StartsWith(LogPath, StringComparison.Ordinal)) rest = rest[LogPath.Length..];
        if (!LogFolder.IsPlain(rest)) return Nothing();
        if (rest.Length == 0) return LogPage.Write(call.Style, folder.Names("").Select(name => new LogLink($"{LogPath}{Uri.EscapeDataString(name)}", name)));
        return folder.Open(rest) is { } file ? Content(call, file) : Nothing();
    }

    /// <summary><c>/get-all-log-name</c>: what other nodes ask for.</summary>
    private BytesReply Names(RestCall call) => BytesReply.Ok(json =>
    {
        json.WriteStartArray();
        foreach (var name in folder.Names("")) json.WriteStringValue(name);
        json.WriteEndArray();
    }) with { ContentType = call.Style.NamesType };

    private FileReply Content(RestCall call, FileStream file)
    {
        var size = file.Length;
        if (mostBytes is not { } most || size <= most) return new FileReply(file, call.Style.TextType);
        LogTail.Seek(file, most);
        return new FileReply(file, call.Style.TextType) { Notice = $"[Chunnel] These are the last {size - file.Position} bytes of {size}: http.log-response-max-size-mb allows no more.\n" };
    }

    private static BytesReply Nothing() => BytesReply.Empty(StatusCodes.Status400BadRequest);

    private static BytesReply List(RestCall call, IReadOnlyList<string> names) =>
        "json".Equals(call.Query["format"], StringComparison.OrdinalIgnoreCase)
            ? Json(call, names)
            : LogPage.Write(call.Style, names.Select(name => new LogLink(LinkTo(call, name), $"{call.Host}-{name}")));

    private static BytesReply Json(RestCall call, IReadOnlyList<string> names) => BytesReply.Ok(json =>
    {
        json.WriteStartArray();
        foreach (var name in names)
        {
            json.WriteStartObject();
            json.WriteString(WireNames.Node, call.Host);
            json.WriteString(WireNames.LogLink, LinkTo(call, name));
            json.WriteString(WireNames.LogName, name);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    });

    /// <summary>On the host that was asked: the caller has reached it.</summary>
    private static string LinkTo(RestCall call, string name) => $"{call.Origin}{LogsPath}/{Uri.EscapeDataString(name)}";
}
