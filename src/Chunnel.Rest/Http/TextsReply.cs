using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;

namespace Chunnel.Rest;

/// <summary>A JSON list whose members lie ready as texts: they go into the connection as they are, however many there are.</summary>
internal sealed record TextsReply(IReadOnlyList<byte[]> Texts) : Reply(StatusCodes.Status200OK)
{
    private const int FlushBytes = 256 << 10;

    public override async Task SendAsync(HttpResponse response, CancellationToken stop)
    {
        response.StatusCode = Status;
        response.ContentType = BytesReply.Json;
        response.ContentLength = 2 + Texts.Sum(text => (long)text.Length) + Math.Max(Texts.Count - 1, 0);
        var pipe = response.BodyWriter;
        pipe.Write("["u8);
        var waiting = 0L;
        for (var index = 0; index < Texts.Count; index++)
        {
            if (index > 0) pipe.Write(","u8);
            pipe.Write(Texts[index]);
            waiting += Texts[index].Length;
            if (waiting < FlushBytes) continue;
            waiting = 0;
            if ((await pipe.FlushAsync(stop)).IsCompleted) return;
        }
        pipe.Write("]"u8);
        await pipe.FlushAsync(stop);
    }
}
