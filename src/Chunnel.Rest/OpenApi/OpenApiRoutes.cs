using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Chunnel.Rest;

/// <summary>The API as a document: for programs, and as a page for people. Nothing of it is made before somebody asks.</summary>
internal sealed class OpenApiRoutes(Func<IReadOnlyList<Route>> all)
{
    public const string DocumentPath = "/openapi.json";
    public const string PagePath = "/openapi";

    private const string PageResource = "Pages/openapi.html";

    private static readonly JsonSerializerOptions _indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="all">Every route there is, these among them.</param>
    public static IEnumerable<Route> Of(Func<IReadOnlyList<Route>> all)
    {
        var routes = new OpenApiRoutes(all);
        return
        [
            new Route(DocumentPath, HttpMethods.Get, routes.Document) { V1 = V1Place.None },
            new Route(PagePath, HttpMethods.Get, routes.Page) { V1 = V1Place.None },
        ];
    }

    private Task<Reply> Document(RestCall call, CancellationToken stop)
    {
        var document = ApiDocument.Of(all(), call.Request.PathBase.Value ?? "");
        return Task.FromResult<Reply>(new BytesReply(StatusCodes.Status200OK, "application/json;charset=utf-8", Encoding.UTF8.GetBytes(document.ToJsonString(_indented))));
    }

    private Task<Reply> Page(RestCall call, CancellationToken stop)
    {
        using var page = typeof(OpenApiRoutes).Assembly.GetManifestResourceStream(PageResource)!;
        var bytes = new byte[page.Length];
        page.ReadExactly(bytes);
        return Task.FromResult<Reply>(new BytesReply(StatusCodes.Status200OK, call.Style.PageType, bytes));
    }
}
