namespace Chunnel.Formats;

/// <summary>Reads delimited text: csv, or SeaTunnel's text form.</summary>
public sealed class TextDecoder : RowStreamDecoder
{
    private readonly DelimitedOptions _options;

    public TextDecoder(Stream stream, DecodeRequest request, DelimitedOptions options)
        : base(stream, request, options.Encoding, options.ReplaceInvalidText) => _options = options;

    private protected override async ValueTask<RowDecoder> OpenAsync(InputBuffer input, CancellationToken stop)
    {
        var position = Request.Start;
        var fieldColumns = _options.FieldColumns;
        if (position == DataPosition.Start)
        {
            var head = await DelimitedHead.ReadAsync(input, Request, _options, stop);
            position = head.DataStart;
            fieldColumns = head.FieldColumns;
        }
        else if (_options.Header && fieldColumns is null)
        {
            throw new InvalidOperationException($"Whoever starts within a file says which column each field fills: see {nameof(DelimitedHead)}.");
        }

        var columns = Schema.Columns;
        int[] filled = fieldColumns is null ? [.. Enumerable.Range(0, columns.Count)] : [.. fieldColumns];
        var rules = new DelimitedRules(_options);
        var readers = new List<FieldReader>();
        for (var column = 0; column < columns.Count; column++)
        {
            var field = Array.IndexOf(filled, column);
            readers.Add(field < 0 ? new NullReader(column, columns[column]) : FieldReader.For(field, column, columns[column], rules, _options.Fast));
        }
        return new RowDecoder(Request, input, position, Scanner(_options, filled.Length), filled.Length, [.. readers], ContextOf(rules));
    }

    /// <summary>The fastest scanner that understands the options.</summary>
    internal static RowScanner Scanner(DelimitedOptions options, int fields)
    {
        if (options.FieldDelimiterRegex is not null) return new RegexScanner(options);
        return FastScanner.Takes(options) ? new FastScanner(options, fields) : new PlainScanner(options, fields);
    }
}
