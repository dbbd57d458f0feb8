using Chunnel.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Chunnel.Rest;

/// <summary>Listens and hands requests to a face. Nothing but the listener is built: a node answers half a second after its start.</summary>
public sealed class RestServer : IAsyncDisposable
{
    /// <summary>How long requests under way may take at the end.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(5);

    private readonly WebApplication _app;

    private RestServer(WebApplication app, int port)
    {
        _app = app;
        Port = port;
    }

    /// <summary>The port that was found.</summary>
    public int Port { get; }

    /// <summary>Opens v2 on the first port that can be had.</summary>
    /// <exception cref="ChunnelException">None can.</exception>
    public static async Task<RestServer> StartV2Async(RestParts parts, CancellationToken stop)
    {
        var settings = parts.Http;
        var ports = new PortChoice(settings.Port, settings.SearchesPort ? settings.PortRange : 0, settings.SearchesPort);
        var held = HeldPort.Find(ports) ?? throw (settings.SearchesPort
            ? new ChunnelException(RestErrors.PortTaken, "Jetty failed to start, No available port found in the range!")
            {
                Mend = $"All from {ports.First} to {ports.Last} are taken: free one, or set http.port or http.port-range.",
            }
            : new ChunnelException(RestErrors.PortTaken, $"The port {settings.Port} is taken.")
            {
                Mend = "Free it, set another http.port, or http.enable-dynamic-port: true.",
            });
        parts.Ports.Http = held.Port;
        var server = await StartAsync(held, new Listening(V2(parts), settings.Bodies, parts.V2Connections), stop);
        parts.Log.Listens(server.Port, settings.ContextPath);
        return server;
    }

    /// <summary>Opens v2 for HTTPS, on the port that is set and no other (spec rest-api.md 1.5).</summary>
    /// <exception cref="ChunnelException">The port is taken, or a store cannot be read.</exception>
    public static async Task<RestServer> StartV2TlsAsync(TlsSettings tls, RestParts parts, CancellationToken stop)
    {
        var listener = new TlsListener(tls);
        var listening = new Listening(V2(parts), parts.Http.Bodies, parts.V2Connections) { Tls = listener };
        var held = HeldPort.Find(new PortChoice(tls.Port, 0, IsSearched: false)) ?? throw new ChunnelException(RestErrors.PortTaken, $"The port {tls.Port} is taken.")
        {
            Mend = "Free it, or set another http.https-port.",
        };
        parts.Ports.Https = held.Port;
        var server = await StartAsync(held, listening, stop);
        var ends = WireTypes.Time(listener.Certificate.NotAfter.ToUniversalTime(), parts.Zone);
        parts.Log.ListensTls(server.Port, parts.Http.ContextPath, listener.Certificate.Subject, ends, listener.AsksForCertificates ? "asked of every caller" : "asked of nobody");
        return server;
    }

    /// <summary>Keeps the first port that can be had for v1: the node is known by it before it answers.</summary>
    /// <exception cref="ChunnelException">None can.</exception>
    public static HeldPort HoldV1(V1Settings settings)
    {
        var ports = new PortChoice(settings.Port, settings.SearchesPort ? settings.PortCount - 1 : 0, settings.SearchesPort);
        return HeldPort.Find(ports) ?? throw new ChunnelException(RestErrors.PortTaken, $"The ports {ports.First} to {ports.Last} are taken.")
        {
            Mend = "Free one, or set hazelcast.network.port.port, port-count or auto-increment: true; hazelcast.network.rest-api.enabled: false leaves v1 out.",
        };
    }

    /// <summary>Opens v1 on a port that was kept for it.</summary>
    public static async Task<RestServer> StartV1Async(HeldPort held, V1Settings settings, RestParts parts, CancellationToken stop)
    {
        var face = new V1Face(settings, parts);
        var server = await StartAsync(held, new Listening(face.HandleAsync, parts.Http.Bodies, parts.V1Connections), stop);
        parts.Log.ListensV1(server.Port, settings.Groups);
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(_patience);
        await _app.StopAsync(patience.Token);
        await _app.DisposeAsync();
    }

    /// <summary>Behind its lock, if there is one: it covers every path of v2.</summary>
    private static RequestDelegate V2(RestParts parts)
    {
        var face = new V2Face(parts.Http.ContextPath, parts);
        return parts.Http.BasicAuth is { } who ? new BasicAuth(who, face.HandleAsync).HandleAsync : face.HandleAsync;
    }

    private static async Task<RestServer> StartAsync(HeldPort held, Listening listening, CancellationToken stop)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = listening.Bodies.Most;
            kestrel.Listen(held.EndPoint, listening.Use);
        });
        if (listening.Tls is not null) TlsListener.Prepare(builder.WebHost);
        builder.Services.Configure<SocketTransportOptions>(sockets => sockets.CreateBoundListenSocket = _ => held.Socket);
        // Signals are the program's business, not the listener's.
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        var app = builder.Build();
        app.Run(listening.HandleAsync);
        try
        {
            await app.StartAsync(stop);
            return new RestServer(app, held.Port);
        }
        catch
        {
            await app.DisposeAsync();
            held.Dispose();
            throw;
        }
    }

    /// <summary>What stands behind a port.</summary>
    private sealed record Listening(RequestDelegate Answer, BodyLimits Bodies, ConnectionCount Connections)
    {
        /// <summary>Null: plain HTTP.</summary>
        public TlsListener? Tls { get; init; }

        public void Use(ListenOptions listener)
        {
            listener.Use(Connections.Around);
            Tls?.Use(listener);
        }

        public Task HandleAsync(HttpContext http)
        {
            if (http.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: true })
            {
                http.Request.Body = new TimedBody(http.Request.Body, Bodies.Patience, TimeProvider.System);
                http.Response.RegisterForDispose(http.Request.Body);
            }
            return Answer(http);
        }
    }

    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
