using System.Text;
using Chunnel.Core;

namespace Chunnel.Formats;

/// <summary>
/// Reads JSON rows: an object a line, arrays of objects however they are broken into lines, documents one behind the other. An array of
/// plain values is a row by position. Disposing it disposes the stream.
/// </summary>
public sealed class JsonLinesDecoder(Stream stream, DecodeRequest request, JsonOptions options) : ITableDecoder
{
    private InputBuffer? _input;
    private RowDecoder? _rows;

    public TableSchema Schema => request.Schema;

    public DataPosition Position => _rows?.Position ?? request.Start;

    public long SkippedRows => _rows?.SkippedRows ?? 0;

    public async ValueTask<ColumnBatch?> ReadAsync(CancellationToken stop)
    {
        _rows ??= await OpenAsync(stop);
        return await _rows.ReadAsync(stop);
    }

    public async ValueTask DisposeAsync()
    {
        _rows?.Dispose();
        _input?.Dispose();
        await stream.DisposeAsync();
    }

    private async ValueTask<RowDecoder> OpenAsync(CancellationToken stop)
    {
        var utf8 = TextEncodings.ToUtf8(stream, options.Encoding, options.ReplaceInvalidText);
        if (!request.StreamIsAtStart) await Streams.LeaveOutAsync(utf8, request.Start.ByteOffset, stop);
        _input = new InputBuffer(utf8, request.Memory, request.File, request.WindowBytes);
        var position = request.Start;
        if (position == DataPosition.Start)
        {
            await _input.FillAsync(stop);
            if (_input.Data.StartsWith(Encoding.UTF8.Preamble))
            {
                _input.Use(Encoding.UTF8.Preamble.Length);
                position = position with { ByteOffset = Encoding.UTF8.Preamble.Length };
            }
        }
        var columns = request.Schema.Columns;
        var rules = new JsonRules();
        var scanner = new JsonScanner([.. columns.Select(column => column.Name)], options.Fast, startsWithin: request.Start != DataPosition.Start);
        FieldReader[] readers = [.. columns.Select((column, i) => FieldReader.For(i, i, column, rules, options.Fast))];
        return new RowDecoder(request, _input, position, scanner, columns.Count, readers, new FieldContext(rules, new RowFaults(), options.ReplaceInvalidText));
    }
}
