using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Chunnel.Rest.Tests;

/// <summary>A double of an OpenTelemetry collector: takes what is sent by HTTP on loopback and keeps it. A real one is not to be had for tests.</summary>
internal sealed class CollectorDouble : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Task _taking;

    public CollectorDouble()
    {
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            Address = new Uri($"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}");
        }
        _listener.Prefixes.Add($"{Address}");
        _listener.Start();
        _taking = TakeAsync();
    }

    public Uri Address { get; }

    /// <summary>The headers of what came last.</summary>
    public System.Collections.Specialized.NameValueCollection? LastHeaders { get; private set; }

    /// <summary>What it answers.</summary>
    public int Status { get; set; } = 200;

    /// <summary>What has come: path, content type, body, and the status that it was answered with.</summary>
    public BlockingCollection<(string Path, string? ContentType, byte[] Body, int Status)> Received { get; } = [];

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _taking;
        _listener.Close();
        Received.Dispose();
    }

    private async Task TakeAsync()
    {
        try
        {
            while (true)
            {
                var context = await _listener.GetContextAsync();
                using var body = new MemoryStream();
                await context.Request.InputStream.CopyToAsync(body);
                // Decided before anybody sees that it came: whoever changes the status then changes it for what comes next.
                var status = Status;
                LastHeaders = context.Request.Headers;
                Received.Add((context.Request.Url!.AbsolutePath, context.Request.ContentType, body.ToArray(), status));
                context.Response.StatusCode = status;
                context.Response.Close();
            }
        }
        catch (HttpListenerException)
        {
            // It was stopped.
        }
        catch (ObjectDisposedException)
        {
            // It was stopped.
        }
    }
}
