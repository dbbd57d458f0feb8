using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Chunnel.Rest;

/// <summary>The API as a document for programs; <see cref="PageRoutes"/> has the page of it. Nothing is made before somebody asks.</summary>
internal static class OpenApiRoutes
{
    private static readonly JsonSerializerOptions _indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="all">Every route there is, this one among them.</param>
    public static IEnumerable<Route> Of(Func<IReadOnlyList<Route>> all) =>
        [new Route("/openapi.json", HttpMethods.Get, (call, _) => Task.FromResult<Reply>(Document(all(), call))) { V1 = V1Place.None }];

    private static BytesReply Document(IReadOnlyList<Route> routes, RestCall call)
    {
        var document = ApiDocument.Of(routes, call.Request.PathBase.Value ?? "");
        return new BytesReply(StatusCodes.Status200OK, "application/json;charset=utf-8", Encoding.UTF8.GetBytes(document.ToJsonString(_indented)));
    }
}
