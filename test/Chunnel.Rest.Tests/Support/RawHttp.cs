using System.Net.Sockets;
using System.Text;

namespace Chunnel.Rest.Tests;

/// <summary>Sends a request exactly as it is written: no client tidies its path or adds a header.</summary>
internal static class RawHttp
{
    public static async Task<Answer> SendAsync(int port, string method, string target, byte[]? body = null, string? contentType = null, string host = "127.0.0.1", string headers = "")
    {
        var stop = TestContext.Current.CancellationToken;
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", port, stop);
        await using var stream = client.GetStream();
        var head = new StringBuilder($"{method} {target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n");
        head.Append(headers);
        if (contentType is not null) head.Append("Content-Type: ").Append(contentType).Append("\r\n");
        if (body is not null) head.Append("Content-Length: ").Append(body.Length).Append("\r\n");
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head.Append("\r\n").ToString()), stop);
        if (body is not null) await stream.WriteAsync(body, stop);
        using var answer = new MemoryStream();
        await stream.CopyToAsync(answer, stop);
        return Answer.Parse(answer.ToArray());
    }
}
