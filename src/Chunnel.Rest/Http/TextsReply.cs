using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;

namespace Chunnel.Rest;

/// <summary>
/// A JSON list whose members lie ready as texts, however many there are. They are gathered into large pieces: handing each to the connection
/// by itself costs more than copying it.
/// </summary>
internal sealed record TextsReply(IReadOnlyList<byte[]> Texts) : Reply(StatusCodes.Status200OK)
{
    private const int PieceBytes = 256 << 10;

    private static readonly StreamPipeWriterOptions InPieces = new(minimumBufferSize: PieceBytes, leaveOpen: true);

    public override async Task SendAsync(HttpResponse response, CancellationToken stop)
    {
        response.StatusCode = Status;
        response.ContentType = BytesReply.Json;
        response.ContentLength = 2 + Texts.Sum(text => (long)text.Length) + Math.Max(Texts.Count - 1, 0);
        var pipe = PipeWriter.Create(response.Body, InPieces);
        pipe.Write("["u8);
        var waiting = 0L;
        for (var index = 0; index < Texts.Count; index++)
        {
            if (index > 0) pipe.Write(","u8);
            pipe.Write(Texts[index]);
            waiting += Texts[index].Length;
            if (waiting < PieceBytes) continue;
            waiting = 0;
            await pipe.FlushAsync(stop);
        }
        pipe.Write("]"u8);
        await pipe.FlushAsync(stop);
        await pipe.CompleteAsync();
    }
}
