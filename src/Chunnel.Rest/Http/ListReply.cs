using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Chunnel.Rest;

/// <summary>JSON that may be too long to be held in one piece, such as a list of thousands of jobs: it lies in chunks that are lent.</summary>
internal sealed record ListReply : Reply
{
    private readonly LentBytes _body;

    private ListReply(LentBytes body)
        : base(StatusCodes.Status200OK) => _body = body;

    public static ListReply Ok(Action<Utf8JsonWriter> write)
    {
        var body = new LentBytes();
        try
        {
            using (var json = new Utf8JsonWriter(body, BytesReply.JsonOptions)) write(json);
            return new ListReply(body);
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    public override async Task SendAsync(HttpResponse response, CancellationToken stop)
    {
        using (_body)
        {
            response.StatusCode = Status;
            response.ContentType = BytesReply.Json;
            response.ContentLength = _body.Length;
            foreach (var chunk in _body.Chunks) await response.Body.WriteAsync(chunk, stop);
        }
    }
}
