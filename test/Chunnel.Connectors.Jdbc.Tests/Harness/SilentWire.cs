using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Chunnel.Connectors.Jdbc.Tests;

/// <summary>A way to the server that can fall silent, as a host that lost its power does: connections stand, and nothing comes through them.</summary>
internal sealed class SilentWire : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentBag<Task> _carrying = [];
    private readonly int _server;
    private readonly Task _accepting;
    private volatile bool _isSilent;

    public SilentWire(int server)
    {
        _server = server;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public void FallSilent() => _isSilent = true;

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _accepting;
        _listener.Stop();
        await Task.WhenAll(_carrying);
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _carrying.Add(CarryAsync(await _listener.AcceptTcpClientAsync(_end.Token)));
        }
        catch (Exception fault) when (fault is SocketException or OperationCanceledException)
        {
            // The test is over.
        }
    }

    private async Task CarryAsync(TcpClient client)
    {
        using (client)
        using (var server = new TcpClient())
        {
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, _server, _end.Token);
                await Task.WhenAll(PumpAsync(client.GetStream(), server.GetStream()), PumpAsync(server.GetStream(), client.GetStream()));
            }
            catch (Exception fault) when (fault is IOException or SocketException or OperationCanceledException)
            {
                // One of the two has gone.
            }
        }
    }

    private async Task PumpAsync(NetworkStream from, NetworkStream to)
    {
        var bytes = new byte[16 << 10];
        while (await from.ReadAsync(bytes, _end.Token) is > 0 and var read)
        {
            if (!_isSilent) await to.WriteAsync(bytes.AsMemory(0, read), _end.Token);
        }
        if (_isSilent) await Task.Delay(Timeout.Infinite, _end.Token);
        to.Socket.Shutdown(SocketShutdown.Send);
    }
}
