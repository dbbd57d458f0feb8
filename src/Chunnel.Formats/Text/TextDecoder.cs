using Chunnel.Core;

namespace Chunnel.Formats;

/// <summary>Reads delimited text: csv, or SeaTunnel's text form. Disposing it disposes the stream.</summary>
public sealed class TextDecoder(Stream stream, DecodeRequest request, DelimitedOptions options) : ITableDecoder
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
        var fieldColumns = options.FieldColumns;
        if (position == DataPosition.Start)
        {
            var head = await DelimitedHead.ReadAsync(_input, request, options, stop);
            position = head.DataStart;
            fieldColumns = head.FieldColumns;
        }
        else if (options.Header && fieldColumns is null)
        {
            throw new InvalidOperationException($"Whoever starts within a file says which column each field fills: see {nameof(DelimitedHead)}.");
        }

        var columns = request.Schema.Columns;
        int[] filled = fieldColumns is null ? [.. Enumerable.Range(0, columns.Count)] : [.. fieldColumns];
        var rules = new DelimitedRules(options);
        var scanner = Scanner(options, filled.Length);
        var readers = new List<FieldReader>();
        for (var column = 0; column < columns.Count; column++)
        {
            var field = Array.IndexOf(filled, column);
            readers.Add(field < 0 ? new NullReader(column, columns[column]) : FieldReader.For(field, column, columns[column], rules, options.Fast));
        }
        var context = new FieldContext(rules, new RowFaults(), options.ReplaceInvalidText);
        return new RowDecoder(request, _input, position, scanner, filled.Length, [.. readers], context);
    }

    /// <summary>The fastest scanner that understands the options.</summary>
    internal static RowScanner Scanner(DelimitedOptions options, int fields)
    {
        if (options.FieldDelimiterRegex is not null) return new RegexScanner(options);
        return FastScanner.Takes(options) ? new FastScanner(options, fields) : new PlainScanner(options, fields);
    }
}
