using Chunnel.Core;
using Chunnel.Formats;

namespace Chunnel.Connectors.Files;

/// <summary>
/// Finds where a large file can be cut between two rows: by looking at a little of it behind each intended cut, and, where that does not
/// tell whether the place lies within quotes, by following the quotes from the cut before. Where there is no border there is no cut: the
/// share before becomes longer.
/// </summary>
internal static class SplitBorders
{
    private const int WindowBytes = 256 << 10;

    /// <summary>Rising places between the file's start and end, about so many bytes apart, each the start of a row (a row group for parquet).</summary>
    public static async ValueTask<IReadOnlyList<long>> FindAsync(FileTable table, StoredFile file, IFileStore store, long shareBytes, CancellationToken stop)
    {
        if (table.Settings.Format == FileFormat.Parquet) return await ParquetScanner.FindBordersAsync(file, store, shareBytes, stop);
        if (!CanCut(table)) return [];
        await using var stream = await store.OpenReadAsync(file.Path, stop);
        var window = new byte[WindowBytes];
        if (table.Settings.Format == FileFormat.Json && !JsonBorder.IsLines(await ReadAsync(stream, 0, window, stop))) return [];
        var borders = new List<long>();
        for (var aim = shareBytes; aim < file.Bytes; aim = Math.Max(aim, borders.LastOrDefault()) + shareBytes)
        {
            var found = RowStart(table, (await ReadAsync(stream, aim, window, stop)).Span);
            var border = found > 0 ? aim + found
                : HasQuotes(table) ? await RowBorders.FindAsync(stream, borders.LastOrDefault(), aim, table.Settings.Delimited, stop)
                : null;
            if (border < file.Bytes) borders.Add(border.Value);
        }
        return borders;
    }

    /// <summary>
    /// Rows end with a line break and nothing else: another mark could overlap itself, and a regular expression sees lines only. Where rows
    /// with quotes out of place do not end the job, quotes tell nothing.
    /// </summary>
    private static bool CanCut(FileTable table) =>
        table.Settings.Format == FileFormat.Json || (table.Settings.Delimited.RowDelimiter is null && !(HasQuotes(table) && table.Settings.GoesOn));

    private static bool HasQuotes(FileTable table) => table.Settings.Format != FileFormat.Json && table.Settings.Delimited.Quote is not null;

    /// <summary>Where the first row begins of which we are sure; 0 when there is none.</summary>
    private static int RowStart(FileTable table, ReadOnlySpan<byte> window)
    {
        if (table.Settings.Format == FileFormat.Json) return JsonBorder.Find(window);
        return HasQuotes(table) ? CsvBorder.Find(window, table.FileSchema.Columns.Count, table.Settings.Delimited) : window.IndexOf((byte)'\n') + 1;
    }

    private static async ValueTask<ReadOnlyMemory<byte>> ReadAsync(Stream stream, long at, byte[] window, CancellationToken stop)
    {
        stream.Position = at;
        return window.AsMemory(0, await stream.ReadAtLeastAsync(window, window.Length, throwOnEndOfStream: false, stop));
    }
}
