using Chunnel.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
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
        var face = new V2Face(settings.ContextPath, parts);
        var ports = new PortChoice(settings.Port, settings.SearchesPort ? settings.PortRange : 0, settings.SearchesPort);
        var server = await StartAsync(ports, face, stop) ?? throw (settings.SearchesPort
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

    /// <summary>Opens v1 on the first port that can be had.</summary>
    /// <exception cref="ChunnelException">None can.</exception>
    public static async Task<RestServer> StartV1Async(V1Settings settings, RestParts parts, CancellationToken stop)
    {
        var face = new V1Face(settings, parts);
        var ports = new PortChoice(settings.Port, settings.SearchesPort ? settings.PortCount - 1 : 0, settings.SearchesPort);
        var server = await StartAsync(ports, face, stop) ?? throw new ChunnelException(RestErrors.PortTaken, $"The ports {ports.First} to {ports.Last} are taken.")
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

    /// <returns>Null when other programs hold all ports.</returns>
    private static async Task<RestServer?> StartAsync(PortChoice ports, Face face, CancellationToken stop)
    {
        foreach (var port in ports.Candidates)
        {
            if (ports.IsSearched && port != 0 && !PortSearch.IsFree(port)) continue;
            if (await TryStartAsync(port, face, stop) is { } app) return new RestServer(app, PortOf(app));
        }
        return null;
    }

    /// <returns>Null when another program holds the port.</returns>
    private static async Task<WebApplication?> TryStartAsync(int port, Face face, CancellationToken stop)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // A job text may have as many characters as the reader of jobs takes; each up to four bytes.
            kestrel.Limits.MaxRequestBodySize = 4L * Config.JobLoader.MaxTextLength;
            kestrel.ListenAnyIP(port);
        });
        // Signals are the program's business, not the listener's.
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        var app = builder.Build();
        app.Run(face.HandleAsync);
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

    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
