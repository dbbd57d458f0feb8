using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Chunnel.Connectors.Jdbc;

/// <summary>
/// A socket that does not wake anybody for a few bytes. The runtime watches every socket, and each 8 KiB of the server's would wake two
/// of its threads, also when nobody waits for them: that costs more than to read them.
/// </summary>
internal sealed class QuietSocket(Socket socket)
{
    private const int SocketLevel = 1; // SOL_SOCKET of Linux
    private const int LeastReceived = 18; // SO_RCVLOWAT of Linux

    private int _least = 1;

    /// <summary>Bytes that have come in.</summary>
    public int Available
    {
        get
        {
            try
            {
                return socket.Available;
            }
            catch (Exception fault) when (fault is SocketException or ObjectDisposedException)
            {
                return 0;
            }
        }
    }

    /// <summary>Bytes wake whoever waits from so many on; the end of the connection always does.</summary>
    public void HearFrom(int bytes) => Set(bytes);

    /// <summary>Every byte does: before somebody waits for what may be the last of them.</summary>
    public void HearAll() => Set(1);

    private void Set(int least)
    {
        if (_least == least || !OperatingSystem.IsLinux()) return;
        try
        {
            socket.SetRawSocketOption(SocketLevel, LeastReceived, MemoryMarshal.AsBytes(new ReadOnlySpan<int>(in least)));
            _least = least;
        }
        catch (Exception fault) when (fault is SocketException or ObjectDisposedException)
        {
            // The connection is gone: who reads next is told.
        }
    }
}
