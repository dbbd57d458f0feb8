using System.Text;

namespace Chunnel.Formats;

/// <summary>
/// Reads JSON rows: an object a line, arrays of objects however they are broken into lines, documents one behind the other. An array of
/// plain values is a row by position.
/// </summary>
public sealed class JsonLinesDecoder(Stream stream, DecodeRequest request, JsonOptions options) : RowStreamDecoder(stream, request, options.Encoding, options.ReplaceInvalidText)
{
    private readonly bool _fast = options.Fast;

    private protected override async ValueTask<RowDecoder> OpenAsync(InputBuffer input, CancellationToken stop)
    {
        var position = Request.Start;
        if (position == DataPosition.Start)
        {
            await input.FillAsync(stop);
            if (input.Data.StartsWith(Encoding.UTF8.Preamble))
            {
                input.Use(Encoding.UTF8.Preamble.Length);
                position = position with { ByteOffset = Encoding.UTF8.Preamble.Length };
            }
        }
        var columns = Schema.Columns;
        var rules = new JsonRules();
        var scanner = new JsonScanner([.. columns.Select(column => column.Name)], _fast, startsWithin: Request.Start != DataPosition.Start);
        FieldReader[] readers = [.. columns.Select((column, i) => FieldReader.For(i, i, column, rules, _fast))];
        return new RowDecoder(Request, input, position, scanner, columns.Count, readers, ContextOf(rules));
    }
}
