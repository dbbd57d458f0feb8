using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Chunnel.Rest;

/// <summary>A file of the page. The browser may load nothing but what the node serves, and show it in no other site's frame.</summary>
/// <param name="File">Its name.</param>
/// <param name="ContentType">Its type.</param>
/// <param name="Context">What stands before every address of the node.</param>
internal sealed record PageReply(string File, string ContentType, PathString Context) : Reply(StatusCodes.Status200OK)
{
    private const string ContextMark = "{{context}}";

    private static readonly ConcurrentDictionary<string, string> _files = new(StringComparer.Ordinal);

    public override async Task SendAsync(HttpResponse response, CancellationToken stop)
    {
        var text = _files.GetOrAdd(File, Read).Replace(ContextMark, WebUtility.HtmlEncode(Context.ToUriComponent()), StringComparison.Ordinal);
        var bytes = Encoding.UTF8.GetBytes(text);
        response.Headers.ContentSecurityPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'self'; form-action 'none'; frame-ancestors 'none'";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.CacheControl = "no-cache";
        await new BytesReply(Status, ContentType, bytes).SendAsync(response, stop);
    }

    private static string Read(string file)
    {
        using var stream = typeof(PageReply).Assembly.GetManifestResourceStream($"Pages/{file}")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
