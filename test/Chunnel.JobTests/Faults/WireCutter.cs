using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Chunnel.JobTests;

/// <summary>A wire to a server on loopback that can be cut: in the middle of whatever runs over it, and for good.</summary>
internal sealed class WireCutter : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<Wire, Task> _wires = new();
    private readonly int _server;
    private readonly Task _accepting;

    public WireCutter(int server)
    {
        _server = server;
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    public int Port { get; }

    /// <summary>Bytes that have come through, in either direction.</summary>
    public long Bytes => _wires.Keys.Sum(wire => wire.Bytes);

    /// <summary>Cuts each connection that there is, with whatever is on its way; new ones come through. How many there were.</summary>
    public int Cut()
    {
        var open = _wires.Keys.Where(wire => wire.IsOpen).ToList();
        foreach (var wire in open) wire.Cut();
        return open.Count;
    }

    /// <summary>Cuts all, and nobody comes through any more.</summary>
    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _accepting;
        Cut();
        await Task.WhenAll(_wires.Values);
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            try
            {
                var wire = new Wire(await _listener.AcceptTcpClientAsync());
                _wires[wire] = wire.RunAsync(_server);
            }
            catch (Exception stopped) when (stopped is SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private sealed class Wire(TcpClient client) : IDisposable
    {
        private readonly TcpClient _server = new();
        private long _bytes;

        public bool IsOpen { get; private set; } = true;

        public long Bytes => Interlocked.Read(ref _bytes);

        public async Task RunAsync(int port)
        {
            try
            {
                await _server.ConnectAsync(IPAddress.Loopback, port);
                var (near, far) = (client.GetStream(), _server.GetStream());
                await Task.WhenAny(PumpAsync(near, far), PumpAsync(far, near));
            }
            catch (Exception cut) when (cut is SocketException or ObjectDisposedException or InvalidOperationException)
            {
                // The server is away, or it was cut before it stood.
            }
            Cut();
        }

        public void Dispose() => Cut();

        public void Cut()
        {
            IsOpen = false;
            foreach (var end in (TcpClient[])[client, _server])
            {
                // Without a goodbye.
                if (end.Client is { } socket) socket.Close(timeout: 0);
                end.Dispose();
            }
        }

        private async Task PumpAsync(NetworkStream from, NetworkStream to)
        {
            var buffer = new byte[16 << 10];
            try
            {
                while (await from.ReadAsync(buffer) is var read and > 0)
                {
                    Interlocked.Add(ref _bytes, read);
                    await to.WriteAsync(buffer.AsMemory(0, read));
                }
            }
            catch (Exception cut) when (cut is IOException or ObjectDisposedException)
            {
                // Cut.
            }
        }
    }
}
