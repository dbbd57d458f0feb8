using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Chunnel.Rest;

/// <summary>The routes that show log files (spec rest-api.md 10.2).</summary>
internal sealed class LogRoutes(LogFolder folder)
{
    private const string LogsPath = "/logs";

    public static IEnumerable<Route> Of(RestParts parts) =>
        [new Route(LogsPath, HttpMethods.Get, new LogRoutes(new LogFolder(parts.LogsFolder)).Logs)];

    /// <summary>A file, or the list of those whose names hold the rest of the path.</summary>
    private Task<Reply> Logs(RestCall call, CancellationToken stop)
    {
        var rest = Uri.UnescapeDataString(call.Rest ?? "");
        if (!LogFolder.IsPlain(rest)) return Task.FromResult<Reply>(BytesReply.Empty(StatusCodes.Status400BadRequest));
        return Task.FromResult(LogFolder.IsFileName(rest) ? File(rest) : List(call, folder.Names(rest)));
    }

    private Reply File(string name) => folder.Find(name) is { } path ? new FileReply(path) : BytesReply.Empty(StatusCodes.Status400BadRequest);

    private static BytesReply List(RestCall call, IReadOnlyList<string> names) =>
        "json".Equals(call.Query["format"], StringComparison.OrdinalIgnoreCase) ? Json(call, names) : Page(call, names);

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

    private static BytesReply Page(RestCall call, IReadOnlyList<string> names)
    {
        var page = new StringBuilder("<html><head><title>Seatunnel log</title></head>\n<body>\n <h2>Seatunnel log</h2>\n <ul>\n");
        foreach (var name in names)
        {
            page.Append("<li><a href=\"").Append(WebUtility.HtmlEncode(LinkTo(call, name))).Append("\">")
                .Append(WebUtility.HtmlEncode($"{call.Host}-{name}")).Append("</a></li>\n");
        }
        page.Append(" </ul>\n</body></html>");
        return new BytesReply(StatusCodes.Status200OK, call.Style.PageType, Encoding.UTF8.GetBytes(page.ToString()));
    }

    /// <summary>On the host that was asked: the caller has reached it.</summary>
    private static string LinkTo(RestCall call, string name) => $"{call.Origin}{LogsPath}/{Uri.EscapeDataString(name)}";
}
