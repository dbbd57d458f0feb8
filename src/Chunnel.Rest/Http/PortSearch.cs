using System.Net;
using System.Net.Sockets;

namespace Chunnel.Rest;

/// <summary>Which ports can be had (spec rest-api.md 1.4).</summary>
internal static class PortSearch
{
    /// <summary>Free for both a listener and a datagram socket: other programs on a machine may hold either.</summary>
    public static bool IsFree(int port) => Opens(port, SocketType.Stream, ProtocolType.Tcp) && Opens(port, SocketType.Dgram, ProtocolType.Udp);

    private static bool Opens(int port, SocketType type, ProtocolType protocol)
    {
        var address = Socket.OSSupportsIPv6 ? IPAddress.IPv6Any : IPAddress.Any;
        try
        {
            using var socket = new Socket(address.AddressFamily, type, protocol);
            if (Socket.OSSupportsIPv6) socket.DualMode = true;
            socket.Bind(new IPEndPoint(address, port));
            if (type == SocketType.Stream) socket.Listen(1);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
