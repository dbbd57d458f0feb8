using Chunnel.Core;

namespace Chunnel.Connectors.Files;

/// <summary>Makes the splits of a run: one a file, or several of a large one when that keeps more readers busy.</summary>
internal sealed class SplitPlanner(IReadOnlyList<FileTable> tables, IFileStore store)
{
    /// <summary>A share of a file is not made smaller than this unless the job says so: below it, opening costs more than sharing gains.</summary>
    private const long LeastShareBytes = 64L << 20;

    public async ValueTask<IReadOnlyList<FileSplit>> PlanAsync(int readers, CancellationToken stop)
    {
        var splits = new List<FileSplit>();
        for (var table = 0; table < tables.Count; table++)
        {
            foreach (var file in await FileListing.FindAsync(store, tables[table].Settings, stop)) await AddAsync(splits, table, file, readers, stop);
        }
        return splits;
    }

    private async ValueTask AddAsync(List<FileSplit> splits, int table, StoredFile file, int readers, CancellationToken stop)
    {
        var settings = tables[table].Settings;
        var shareBytes = ShareBytes(settings, file.Bytes, readers);
        if (shareBytes >= file.Bytes)
        {
            splits.Add(FileSplit.Whole(file.Path, table, file.Bytes));
            return;
        }
        var borders = await SplitBorders.FindAsync(tables[table], file, store, shareBytes, stop);
        var start = 0L;
        foreach (var border in borders)
        {
            splits.Add(FileSplit.Share(file.Path, table, start, border, Bytes(border)));
            start = border;
        }
        splits.Add(FileSplit.Share(file.Path, table, start, -1, Bytes(file.Bytes)));

        // The borders of parquet count row groups; the shares were made about even.
        long Bytes(long border) => settings.Format == FileFormat.Parquet ? file.Bytes / (borders.Count + 1) : border - start;
    }

    private static long ShareBytes(FileTableSettings settings, long fileBytes, int readers)
    {
        if (!settings.IsSeekable || settings.Split == false) return fileBytes;
        if (settings.Split == true) return settings.SplitBytes;
        if (readers == 1 || fileBytes < 2 * LeastShareBytes) return fileBytes;
        return Math.Max(LeastShareBytes, (fileBytes + readers - 1) / readers);
    }
}
