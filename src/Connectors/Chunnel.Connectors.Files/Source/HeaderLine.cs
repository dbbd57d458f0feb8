using System.Text;
using Chunnel.Core;
using Chunnel.Formats;

namespace Chunnel.Connectors.Files;

/// <summary>Reads the names of the columns from the first row of a csv file.</summary>
internal static class HeaderLine
{
    private const int MostHeaderChars = 1 << 20;

    /// <summary>A table whose columns are those of the header, all of type string.</summary>
    public static async ValueTask<TableSchema> ReadSchemaAsync(FileTableSettings settings, StoredFile file, TablePath path, IFileStore store, CancellationToken stop)
    {
        await using var stream = await store.OpenReadAsync(file.Path, stop);
        var names = await ReadAsync(settings, stream, file.Path, stop);
        var twice = names.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null) throw Wrong(file.Path, $"The header names the column '{twice.Key}' twice.", "Give the columns with a schema block.");
        return new TableSchema(path, [.. names.Select(name => new ColumnDef(name, DataType.String))]);
    }

    private static async ValueTask<List<string>> ReadAsync(FileTableSettings settings, Stream stream, string path, CancellationToken stop)
    {
        var options = settings.Delimited;
        // Closed by the caller: the reader may have read too far.
        var reader = new StreamReader(settings.Codec == StreamCodec.None ? stream : StreamCodecs.OpenRead(settings.Codec, stream), options.Encoding, detectEncodingFromByteOrderMarks: true, 4096, leaveOpen: true);
        for (var i = 0L; i < options.SkipLines; i++) await reader.ReadLineAsync(stop);
        var text = new StringBuilder();
        while (text.Length <= MostHeaderChars && await reader.ReadLineAsync(stop) is { } line)
        {
            text.Append(line);
            if (TrySplit(text.ToString(), options, out var names)) return names;
            text.Append('\n');
        }
        throw Wrong(path, text.Length == 0 ? "The file has no header." : "The header has a quote that is never closed.", "Check the file, or set csv_use_header_line = false.");
    }

    /// <summary>The fields of a row; false when a quote is still open.</summary>
    private static bool TrySplit(string row, DelimitedOptions options, out List<string> names)
    {
        names = [];
        var name = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < row.Length; i++)
        {
            if (quoted && row[i] == options.Escape && i + 1 < row.Length) name.Append(row[++i]);
            else if (row[i] == options.Quote)
            {
                if (quoted && i + 1 < row.Length && row[i + 1] == options.Quote) name.Append(row[i++]);
                else quoted = !quoted;
            }
            else if (!quoted && string.CompareOrdinal(row, i, options.FieldDelimiter, 0, options.FieldDelimiter.Length) == 0)
            {
                names.Add(name.ToString());
                name.Clear();
                i += options.FieldDelimiter.Length - 1;
            }
            else name.Append(row[i]);
        }
        names.Add(name.ToString());
        return !quoted;
    }

    private static ChunnelException Wrong(string path, string what, string mend) => new(FormatErrors.BadFile, $"{path}:1: {what}") { Mend = mend };
}
