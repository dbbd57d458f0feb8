using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace Chunnel.Rest;

/// <summary>A port that was found and is kept: whoever connects before somebody answers on it waits for that.</summary>
public sealed class HeldPort : IDisposable
{
    private const int Backlog = 512;

    private HeldPort(Socket socket)
    {
        Socket = socket;
        EndPoint = (IPEndPoint)socket.LocalEndPoint!;
    }

    public int Port => EndPoint.Port;

    internal IPEndPoint EndPoint { get; }

    internal Socket Socket { get; }

    public void Dispose() => Socket.Dispose();

    /// <returns>Null when other programs hold all ports.</returns>
    internal static HeldPort? Find(PortChoice ports)
    {
        foreach (var port in ports.Candidates)
        {
            if (ports.IsSearched && port != 0 && !PortSearch.IsFree(port)) continue;
            if (TryHold(port) is { } held) return held;
        }
        return null;
    }

    /// <returns>Null when another program holds the port.</returns>
    private static HeldPort? TryHold(int port)
    {
        try
        {
            var socket = SocketTransportOptions.CreateDefaultBoundListenSocket(new IPEndPoint(Socket.OSSupportsIPv6 ? IPAddress.IPv6Any : IPAddress.Any, port));
            // Bound alone is not enough: a second one could be bound beside it.
            socket.Listen(Backlog);
            return new HeldPort(socket);
        }
        catch (SocketException taken) when (taken.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            return null;
        }
    }
}
