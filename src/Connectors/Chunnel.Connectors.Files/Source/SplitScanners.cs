using Chunnel.Plugins;

namespace Chunnel.Connectors.Files;

/// <summary>Opens splits in the format of their table.</summary>
internal static class SplitScanners
{
    public static async ValueTask<OpenSplit> OpenAsync(FileTable table, FileSplit split, IFileStore store, ReaderContext context, CancellationToken stop)
    {
        if (table.Settings.Format == FileFormat.Parquet && table.Settings.Archive == ArchiveKind.None)
        {
            var scanner = await ParquetScanner.OpenAsync(table, split, store, context, stop);
            return new OpenSplit(scanner, () => scanner.PartRead);
        }
        var file = await store.OpenReadAsync(split.Path, stop);
        try
        {
            var part = PartTaken(file, split);
            return new OpenSplit(await OpenAsync(table, split, file, context, stop), part);
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    private static async ValueTask<ISplitScanner> OpenAsync(FileTable table, FileSplit split, Stream file, ReaderContext context, CancellationToken stop)
    {
        if (table.Settings.Archive == ArchiveKind.None)
        {
            if (table.Settings.Format.IsLines) return await LinesScanner.OpenAsync(table, file, split.Path, split.Position, split.End, context, stop);
            return new CellScanner(table, Cells(table, file, split.Path), split.Position, context);
        }
        var archive = ArchiveMembers.Open(table.Settings.Archive, file, split.Path);
        return new ArchiveScanner(archive, (member, name, start, token) => OpenMemberAsync(table, member, name, start, context, token), split.Position);
    }

    /// <summary>How much of the split was taken from its file's stream: also right for what is compressed. A stream that is closed was taken whole.</summary>
    private static Func<double> PartTaken(Stream file, FileSplit split)
    {
        var bytes = Math.Max(1.0, (split.End < 0 ? file.Length : split.End) - split.Start);
        return () => file.CanSeek ? Math.Clamp((file.Position - split.Start) / bytes, 0, 1) : 1;
    }

    private static async ValueTask<ISplitScanner> OpenMemberAsync(FileTable table, Stream member, string name, FilePosition start, ReaderContext context, CancellationToken stop)
    {
        if (table.Settings.Format.IsLines) return await LinesScanner.OpenAsync(table, member, name, start, -1, context, stop);
        var file = await SpooledFile.CopyAsync(member, stop);
        if (table.Settings.Format == FileFormat.Parquet) return ParquetScanner.Open(table, file, name, start, context);
        return new CellScanner(table, Cells(table, file, name), start, context);
    }

    private static ICellRows Cells(FileTable table, Stream file, string path) =>
        table.Settings.Format == FileFormat.Xml ? new XmlRows(file, path, table) : new ExcelRows(file, path, table);
}

/// <summary>A split that is being read.</summary>
/// <param name="Scanner">Reads it.</param>
/// <param name="PartRead">Tells the part of it that is read, 0 to 1, as near as can be told.</param>
internal sealed record OpenSplit(ISplitScanner Scanner, Func<double> PartRead);
