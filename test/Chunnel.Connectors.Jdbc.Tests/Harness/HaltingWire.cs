using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Chunnel.Connectors.Jdbc.Tests;

/// <summary>A way to the server that halts within each message of a COPY's rows, behind so many of its bytes.</summary>
internal sealed class HaltingWire : IAsyncDisposable
{
    private const int HeadBytes = 5;
    private const byte CopyOutResponse = (byte)'H';
    private const byte CopyData = (byte)'d';
    private const byte ReadyForQuery = (byte)'Z';

    /// <summary>Long enough for the reader to take what is there and to wait for more.</summary>
    private static readonly TimeSpan Halt = TimeSpan.FromMilliseconds(5);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly int _server;
    private readonly int _behind;
    private readonly Task _carrying;

    public HaltingWire(int server, int behind)
    {
        (_server, _behind) = (server, behind);
        _listener.Start();
        _carrying = CarryAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Halts so far.</summary>
    public int Halts { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _carrying;
        _end.Dispose();
    }

    private async Task CarryAsync()
    {
        try
        {
            using var client = await _listener.AcceptTcpClientAsync(_end.Token);
            using var server = new TcpClient { NoDelay = true };
            client.NoDelay = true;
            await server.ConnectAsync(IPAddress.Loopback, _server, _end.Token);
            var there = client.GetStream().CopyToAsync(server.GetStream(), _end.Token);
            await CarryBackAsync(server.GetStream(), client.GetStream());
            await there;
        }
        catch (Exception fault) when (fault is IOException or SocketException or OperationCanceledException or EndOfStreamException)
        {
            // One of the two has gone.
        }
    }

    /// <summary>As it comes, until a COPY begins; then message by message, until it has ended.</summary>
    private async Task CarryBackAsync(NetworkStream from, NetworkStream to)
    {
        var bytes = new byte[64 << 10];
        while (await from.ReadAsync(bytes, _end.Token) is > 0 and var read)
        {
            if (bytes[0] != CopyOutResponse) await to.WriteAsync(bytes.AsMemory(0, read), _end.Token);
            else await CarryRowsAsync(new MemoryStream(bytes[..read]), from, to);
        }
    }

    private async Task CarryRowsAsync(MemoryStream begun, NetworkStream from, NetworkStream to)
    {
        var held = new MemoryStream();
        while (true)
        {
            var head = await ReadAsync(begun, from, HeadBytes);
            byte[] message = [.. head, .. await ReadAsync(begun, from, BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(1)) - sizeof(int))];
            if (message[0] == CopyData)
            {
                held.Write(message, 0, Math.Min(_behind, message.Length));
                await to.WriteAsync(held.ToArray(), _end.Token);
                held.SetLength(0);
                Halts++;
                await Task.Delay(Halt, _end.Token);
                held.Write(message, Math.Min(_behind, message.Length), message.Length - Math.Min(_behind, message.Length));
                continue;
            }
            held.Write(message);
            if (message[0] != ReadyForQuery) continue;
            await to.WriteAsync(held.ToArray(), _end.Token);
            return;
        }
    }

    private async Task<byte[]> ReadAsync(MemoryStream begun, NetworkStream from, int count)
    {
        var bytes = new byte[count];
        var there = begun.Read(bytes);
        await from.ReadExactlyAsync(bytes.AsMemory(there), _end.Token);
        return bytes;
    }
}
