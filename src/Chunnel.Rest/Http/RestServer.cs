using Chunnel.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
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
    public static async Task<RestServer> StartV2Async(HttpSettings settings, RestParts parts, CancellationToken stop)
    {
        var ports = new PortChoice(settings.Port, settings.SearchesPort ? settings.PortRange : 0, settings.SearchesPort);
        var server = await StartAsync(ports, new Listening(V2(settings, parts), settings.Bodies), stop) ?? throw (settings.SearchesPort
            ? new ChunnelException(RestErrors.PortTaken, "Jetty failed to start, No available port found in the range!")
            {
                Mend = $"All from {ports.First} to {ports.Last} are taken: free one, or set http.port or http.port-range.",
            }
            : new ChunnelException(RestErrors.PortTaken, $"The port {settings.Port} is taken.")
            {
                Mend = "Free it, set another http.port, or http.enable-dynamic-port: true.",
            });
        parts.Log.Listens(server.Port, settings.ContextPath);
        return server;
    }

    /// <summary>Opens v2 for HTTPS, on the port that is set and no other (spec rest-api.md 1.5).</summary>
    /// <exception cref="ChunnelException">The port is taken, or a store cannot be read.</exception>
    public static async Task<RestServer> StartV2TlsAsync(HttpSettings settings, TlsSettings tls, RestParts parts, CancellationToken stop)
    {
        var listener = new TlsListener(tls);
        var listening = new Listening(V2(settings, parts), settings.Bodies) { Tls = listener };
        var server = await StartAsync(new PortChoice(tls.Port, 0, IsSearched: false), listening, stop) ?? throw new ChunnelException(RestErrors.PortTaken, $"The port {tls.Port} is taken.")
        {
            Mend = "Free it, or set another http.https-port.",
        };
        var ends = WireTypes.Time(listener.Certificate.NotAfter.ToUniversalTime(), parts.Zone);
        parts.Log.ListensTls(server.Port, settings.ContextPath, listener.Certificate.Subject, ends, listener.AsksForCertificates ? "asked of every caller" : "asked of nobody");
        return server;
    }

    /// <summary>Opens v1 on the first port that can be had.</summary>
    /// <exception cref="ChunnelException">None can.</exception>
    public static async Task<RestServer> StartV1Async(V1Settings settings, BodyLimits bodies, RestParts parts, CancellationToken stop)
    {
        var face = new V1Face(settings, parts);
        var ports = new PortChoice(settings.Port, settings.SearchesPort ? settings.PortCount - 1 : 0, settings.SearchesPort);
        var server = await StartAsync(ports, new Listening(face.HandleAsync, bodies), stop) ?? throw new ChunnelException(RestErrors.PortTaken, $"The ports {ports.First} to {ports.Last} are taken.")
        {
            Mend = "Free one, or set hazelcast.network.port.port, port-count or auto-increment: true; hazelcast.network.rest-api.enabled: false leaves v1 out.",
        };
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
    private static RequestDelegate V2(HttpSettings settings, RestParts parts)
    {
        var face = new V2Face(settings.ContextPath, parts);
        return settings.BasicAuth is { } who ? new BasicAuth(who, face.HandleAsync).HandleAsync : face.HandleAsync;
    }

    /// <returns>Null when other programs hold all ports.</returns>
    private static async Task<RestServer?> StartAsync(PortChoice ports, Listening listening, CancellationToken stop)
    {
        foreach (var port in ports.Candidates)
        {
            if (ports.IsSearched && port != 0 && !PortSearch.IsFree(port)) continue;
            if (await TryStartAsync(port, listening, stop) is { } app) return new RestServer(app, PortOf(app));
        }
        return null;
    }

    /// <returns>Null when another program holds the port.</returns>
    private static async Task<WebApplication?> TryStartAsync(int port, Listening listening, CancellationToken stop)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = listening.Bodies.Most;
            kestrel.ListenAnyIP(port, listener => listening.Tls?.Use(listener));
        });
        if (listening.Tls is not null) TlsListener.Prepare(builder.WebHost);
        // Signals are the program's business, not the listener's.
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        var app = builder.Build();
        app.Run(listening.HandleAsync);
        try
        {
            await app.StartAsync(stop);
            return app;
        }
        catch (IOException taken) when (taken.InnerException is AddressInUseException)
        {
            await app.DisposeAsync();
            return null;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    private static int PortOf(WebApplication app)
    {
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        return BindingAddress.Parse(addresses.Addresses.First()).Port;
    }

    /// <summary>What stands behind a port.</summary>
    private sealed record Listening(RequestDelegate Answer, BodyLimits Bodies)
    {
        /// <summary>Null: plain HTTP.</summary>
        public TlsListener? Tls { get; init; }

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
