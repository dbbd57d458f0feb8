using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Chunnel.Rest.Tests;

/// <summary>What came back on the wire.</summary>
public sealed record Answer(int Status, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public string? ContentType => Headers.GetValueOrDefault("Content-Type");

    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    /// <summary>Cuts an answer that was read to its end into parts.</summary>
    public static Answer Parse(byte[] bytes)
    {
        var end = bytes.AsSpan().IndexOf("\r\n\r\n"u8);
        end.ShouldBeGreaterThan(0, "there is no whole answer");
        var head = Encoding.ASCII.GetString(bytes, 0, end).Split("\r\n");
        var headers = head.Skip(1).Select(line => line.Split(": ", 2)).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.OrdinalIgnoreCase);
        var status = int.Parse(head[0].Split(' ')[1], CultureInfo.InvariantCulture);
        return new Answer(status, headers, Encoding.UTF8.GetString(bytes, end + 4, bytes.Length - end - 4));
    }
}
