using Chunnel.Core;
using Chunnel.Formats;

namespace Chunnel.Connectors.Files;

/// <summary>A text, csv or json file, perhaps compressed.</summary>
internal sealed class LinesFile : IRowFile
{
    /// <summary>Text is handed on in pieces of about this size.</summary>
    private const int FlushBytes = 256 << 10;

    private readonly IFileUpload _upload;
    private readonly ITableEncoder _encoder;
    private readonly Stream _body;
    private readonly ByteWriter _text = new(FlushBytes);
    private bool _ended;

    public LinesFile(IFileUpload upload, ITableEncoder encoder, StreamCodec codec)
    {
        _upload = upload;
        _encoder = encoder;
        _body = codec == StreamCodec.None ? upload.Body : StreamCodecs.OpenWrite(codec, new KeptOpenStream(upload.Body));
        _encoder.Begin(_text);
    }

    public async ValueTask WriteAsync(ColumnBatch batch, CancellationToken stop)
    {
        _encoder.Write(batch, _text);
        if (_text.Length >= FlushBytes) await FlushAsync(stop);
    }

    public async ValueTask CompleteAsync(CancellationToken stop)
    {
        _encoder.End(_text);
        await FlushAsync(stop);
        if (_body != _upload.Body) await _body.DisposeAsync();
        _ended = true;
        await _upload.CompleteAsync(stop);
    }

    public async ValueTask DisposeAsync()
    {
        // The codec first: it still writes its end, into a file that is completed or given up.
        if (_body != _upload.Body && !_ended) await _body.DisposeAsync();
        await _upload.DisposeAsync();
    }

    private async ValueTask FlushAsync(CancellationToken stop)
    {
        FailPoint.Reach("file.write.before");
        await _body.WriteAsync(_text.WrittenMemory, stop);
        FailPoint.Reach("file.write.after");
        _text.Clear();
    }
}
