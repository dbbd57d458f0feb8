using System.Buffers;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Chunnel.Transforms.Providers;

/// <summary>Bodies of requests, which are all JSON.</summary>
internal static class JsonRequests
{
    private static readonly JsonWriterOptions _options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A POST with a body and, unless it is empty, a bearer's key.</summary>
    public static HttpRequestMessage Post(Uri address, string key, Action<Utf8JsonWriter> write)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = Content(write) };
        if (key.Length > 0) request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {key}");
        return request;
    }

    public static ByteArrayContent Content(Action<Utf8JsonWriter> write)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, _options)) write(json);
        return new ByteArrayContent(bytes.WrittenSpan.ToArray()) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
    }

    /// <summary>True for what may stand in a header.</summary>
    public static bool CanBeSent(string value) => value.All(character => character is >= ' ' and <= '~');

    /// <summary>True for a text that is a number in JSON too.</summary>
    public static bool IsNumber(string text)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text));
        try
        {
            return reader.Read() && reader.TokenType == JsonTokenType.Number && reader.BytesConsumed == text.Length;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
