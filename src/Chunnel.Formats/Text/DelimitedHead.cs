using System.Text;
using Chunnel.Core;

namespace Chunnel.Formats;

/// <summary>What stands before the rows of a delimited file: a byte order mark, lines to leave out, a line of names.</summary>
/// <param name="DataStart">Where the first row begins.</param>
/// <param name="FieldColumns">For each field the column that it fills, or -1; null when fields and columns are the same in the same order.</param>
public sealed record DelimitedHead(DataPosition DataStart, IReadOnlyList<int>? FieldColumns)
{
    private const int UsualHeadBytes = 64 << 10;

    /// <summary>Reads the head of a file, from its first byte. The stream stays the caller's, somewhere behind the head.</summary>
    /// <exception cref="ChunnelException">The header lacks a column of the table.</exception>
    public static async ValueTask<DelimitedHead> ReadAsync(Stream stream, DecodeRequest request, DelimitedOptions options, CancellationToken stop)
    {
        using var input = new InputBuffer(TextEncodings.ToUtf8(stream, options.Encoding, options.ReplaceInvalidText), request.Memory, request.File, UsualHeadBytes);
        return await ReadAsync(input, request, options, stop);
    }

    internal static async ValueTask<DelimitedHead> ReadAsync(InputBuffer input, DecodeRequest request, DelimitedOptions options, CancellationToken stop)
    {
        long offset = 0, line = 0;
        await input.FillAsync(stop);
        if (input.Data.StartsWith(Encoding.UTF8.Preamble)) Use(Encoding.UTF8.Preamble.Length);
        while (line < options.SkipLines && input is not { IsLast: true, Length: 0 })
        {
            var next = TextLines.NextLine(input.Data, input.IsLast);
            if (next < 0)
            {
                await input.FillAsync(stop);
                continue;
            }
            Use(next);
            line++;
        }
        if (!options.Header) return new DelimitedHead(new DataPosition(offset, line, 0), options.FieldColumns);

        List<string>? names;
        int bytes;
        while ((names = Names(input, options, out bytes)) is null && !input.IsLast) await input.FillAsync(stop);
        if (names is null) return new DelimitedHead(new DataPosition(offset, line, 0), null);
        line += TextLines.Count(input.Data[..bytes]);
        Use(bytes);
        return new DelimitedHead(new DataPosition(offset, line, 0), Match(names, request));

        void Use(int count)
        {
            input.Use(count);
            offset += count;
        }
    }

    /// <summary>The names of the header line, or null when it is not whole, or not there.</summary>
    private static unsafe List<string>? Names(InputBuffer input, DelimitedOptions options, out int bytes)
    {
        bytes = 0;
        var rules = new DelimitedRules(options with { NullFormat = null });
        var scratch = new ByteWriter(256);
        for (var fields = 1; ; fields++)
        {
            // The number of fields is what is asked for: try until it fits.
            var spans = new FieldSpan[fields];
            var row = TextDecoder.Scanner(options with { Fast = false }, Math.Max(2, fields)).ScanRow(input.Pointer, input.Length, input.IsLast, bytes, spans);
            if (row.Kind == RowScanKind.NeedMore) return null;
            if (row.Kind == RowScanKind.Blank)
            {
                bytes = row.Next;
                fields--;
                continue;
            }
            if (row is { Kind: RowScanKind.Bad, Field: < 0 }) continue;
            if (row.Kind == RowScanKind.Bad) return null;
            bytes = row.Next;
            var names = new List<string>(fields);
            foreach (var span in spans)
            {
                scratch.Clear();
                rules.Resolve(input.Pointer, span, TypeKind.String, scratch, out var text);
                names.Add(Encoding.UTF8.GetString(text));
            }
            return names;
        }
    }

    private static int[] Match(List<string> names, DecodeRequest request)
    {
        var columns = request.Schema.Columns;
        var fieldColumns = Enumerable.Repeat(-1, names.Count).ToArray();
        var missing = new List<string>();
        for (var column = 0; column < columns.Count; column++)
        {
            var name = columns[column].Name;
            var field = names.FindIndex(other => other == name);
            if (field < 0) field = names.FindIndex(other => other.Trim().Equals(name.Trim(), StringComparison.OrdinalIgnoreCase));
            if (field < 0) missing.Add(name);
            else fieldColumns[field] = column;
        }
        if (missing.Count == 0) return fieldColumns;
        throw new ChunnelException(FormatErrors.BadFile, $"The header line of {request.File} has no column {string.Join(", ", missing.Select(name => $"'{name}'"))}; it has {string.Join(", ", names.Select(name => $"'{name}'"))}.")
        {
            Mend = "Name the columns of the schema as the file does, or read the file by position.",
        };
    }
}
