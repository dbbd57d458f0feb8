using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Chunnel.Bench;

/// <summary>The web server that the node stands on, with nothing above it: <c>/N</c> answers N bytes that lie ready.</summary>
internal static class BareKestrel
{
    public static async Task RunAsync(string port)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.ListenLocalhost(int.Parse(port, CultureInfo.InvariantCulture)));
        await using var app = builder.Build();
        var body = Array.Empty<byte>();
        app.Run(async http =>
        {
            var bytes = int.Parse(http.Request.Path.Value.AsSpan(1), CultureInfo.InvariantCulture);
            if (body.Length != bytes) body = [.. Enumerable.Repeat((byte)'x', bytes)];
            http.Response.ContentLength = bytes;
            await http.Response.Body.WriteAsync(body);
        });
        await app.RunAsync();
    }
}
