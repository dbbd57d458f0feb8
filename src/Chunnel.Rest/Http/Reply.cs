using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Chunnel.Rest;

/// <summary>An answer, ready to be sent.</summary>
internal abstract record Reply(int Status)
{
    public abstract Task SendAsync(HttpResponse response, CancellationToken stop);
}

/// <summary>Bytes of a type; no bytes and no type for an empty answer.</summary>
internal sealed record BytesReply(int Status, string? ContentType, ReadOnlyMemory<byte> Body) : Reply(Status)
{
    private const string Json = "application/json";

    /// <summary>Names and texts as they are: only what JSON demands is escaped.</summary>
    private static readonly JsonWriterOptions _options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static BytesReply Ok(Action<Utf8JsonWriter> write) => new(StatusCodes.Status200OK, Json, Written(write));

    public static BytesReply Empty(int status) => new(status, null, default);

    public static BytesReply Fail(WireStyle style, int status, string message) => new(status, style.ErrorType, Written(json =>
    {
        json.WriteStartObject();
        json.WriteString(WireNames.Status, WireNames.Fail);
        json.WriteString(WireNames.Message, message);
        json.WriteEndObject();
    }));

    public override async Task SendAsync(HttpResponse response, CancellationToken stop)
    {
        response.StatusCode = Status;
        response.ContentType = ContentType;
        response.ContentLength = Body.Length;
        await response.Body.WriteAsync(Body, stop);
    }

    private static ReadOnlyMemory<byte> Written(Action<Utf8JsonWriter> write)
    {
        var bytes = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(bytes, _options)) write(json);
        return bytes.WrittenMemory;
    }
}

/// <summary>A text file as it is now; what is appended while it is sent stays behind.</summary>
internal sealed record FileReply(string Path) : Reply(StatusCodes.Status200OK)
{
    public override async Task SendAsync(HttpResponse response, CancellationToken stop)
    {
        var length = new FileInfo(Path).Length;
        response.StatusCode = Status;
        response.ContentType = "text/plain; charset=utf-8";
        response.ContentLength = length;
        await response.SendFileAsync(Path, 0, length, stop);
    }
}
