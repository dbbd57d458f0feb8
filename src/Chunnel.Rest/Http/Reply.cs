using System.Buffers;
using System.Text;
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
    public const string Json = "application/json";
    private const string PrettyJson = "application/json; charset=UTF-8";

    /// <summary>Names and texts as they are: only what JSON demands is escaped.</summary>
    public static readonly JsonWriterOptions JsonOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static BytesReply Ok(Action<Utf8JsonWriter> write) => new(StatusCodes.Status200OK, Json, Written(write));

    /// <summary>For eyes: a line for each member, indented by two blanks.</summary>
    public static BytesReply Pretty(Action<Utf8JsonWriter> write) =>
        new(StatusCodes.Status200OK, PrettyJson, Written(write, JsonOptions with { Indented = true, IndentSize = 2, NewLine = "\n" }));

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

    public static ReadOnlyMemory<byte> Written(Action<Utf8JsonWriter> write) => Written(write, JsonOptions);

    private static ReadOnlyMemory<byte> Written(Action<Utf8JsonWriter> write, JsonWriterOptions options)
    {
        var bytes = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(bytes, options)) write(json);
        return bytes.WrittenMemory;
    }
}

/// <summary>A text file as it is now, from where it is read; what is appended while it is sent stays behind. However large it is, it is never held whole.</summary>
internal sealed record FileReply(FileStream File, string ContentType) : Reply(StatusCodes.Status200OK)
{
    private const int ChunkBytes = 64 << 10;

    /// <summary>A line that is sent before it; empty sends none.</summary>
    public string Notice { get; init; } = "";

    public override async Task SendAsync(HttpResponse response, CancellationToken stop)
    {
        await using (File)
        {
            var left = File.Length - File.Position;
            var notice = Encoding.UTF8.GetBytes(Notice);
            response.StatusCode = Status;
            response.ContentType = ContentType;
            response.ContentLength = notice.Length + left;
            if (HttpMethods.IsHead(response.HttpContext.Request.Method)) return;
            var body = response.BodyWriter;
            await body.WriteAsync(notice, stop);
            while (left > 0)
            {
                var chunk = body.GetMemory(ChunkBytes);
                var read = await File.ReadAsync(chunk[..(int)Math.Min(chunk.Length, left)], stop);
                // It was cut while it was sent: the caller must not take what came for the whole.
                if (read == 0) throw new EndOfStreamException($"{File.Name} is shorter than it was when it was opened.");
                body.Advance(read);
                left -= read;
                await body.FlushAsync(stop);
            }
        }
    }
}
