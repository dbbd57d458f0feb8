using System.Text;
using Chunnel.Core;

namespace Chunnel.Formats;

/// <summary>What the row formats share of reading a stream: its encoding, the place to begin, the loop over rows. Disposing it disposes the stream.</summary>
public abstract class RowStreamDecoder : ITableDecoder
{
    private readonly Stream _stream;
    private readonly Encoding _encoding;
    private readonly bool _replacesInvalidText;
    private InputBuffer? _input;
    private RowDecoder? _rows;

    private protected RowStreamDecoder(Stream stream, DecodeRequest request, Encoding encoding, bool replacesInvalidText)
    {
        _stream = stream;
        Request = request;
        _encoding = encoding;
        _replacesInvalidText = replacesInvalidText;
    }

    public TableSchema Schema => Request.Schema;

    public DataPosition Position => _rows?.Position ?? Request.Start;

    public long SkippedRows => _rows?.SkippedRows ?? 0;

    public long RoundedValues => _rows?.RoundedValues ?? 0;

    private protected DecodeRequest Request { get; }

    public async ValueTask<ColumnBatch?> ReadAsync(CancellationToken stop)
    {
        _rows ??= await OpenAsync(stop);
        return await _rows.ReadAsync(stop);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        _rows?.Dispose();
        _input?.Dispose();
        await _stream.DisposeAsync();
    }

    /// <summary>Makes the loop over rows; the bytes stand at the request's start.</summary>
    private protected abstract ValueTask<RowDecoder> OpenAsync(InputBuffer input, CancellationToken stop);

    /// <summary>What the readers of the columns share.</summary>
    private protected FieldContext ContextOf(FieldRules rules) => new(rules, _replacesInvalidText, Request.PrecisionLoss);

    private async ValueTask<RowDecoder> OpenAsync(CancellationToken stop)
    {
        var utf8 = TextEncodings.ToUtf8(_stream, _encoding, _replacesInvalidText);
        if (!Request.StreamIsAtStart) await Streams.LeaveOutAsync(utf8, Request.Start.ByteOffset, stop);
        _input = new InputBuffer(utf8, Request.Memory, Request.File, Request.WindowBytes);
        return await OpenAsync(_input, stop);
    }
}
