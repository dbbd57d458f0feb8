using Chunnel.Plugins;

namespace Chunnel.Connectors.Files;

/// <summary>Opens splits in the format of their table.</summary>
internal static class SplitScanners
{
    public static async ValueTask<ISplitScanner> OpenAsync(FileTable table, FileSplit split, IFileStore store, ReaderContext context, CancellationToken stop)
    {
        if (table.Settings.Format == FileFormat.Parquet && table.Settings.Archive == ArchiveKind.None)
        {
            return await ParquetScanner.OpenAsync(table, split, store, context.Memory, stop);
        }
        var file = await store.OpenReadAsync(split.Path, stop);
        try
        {
            if (table.Settings.Archive == ArchiveKind.None)
            {
                if (table.Settings.Format.IsLines) return await LinesScanner.OpenAsync(table, file, split.Path, split.Position, split.End, context, stop);
                return new CellScanner(table, Cells(table, file, split.Path), split.Position, context);
            }
            var archive = ArchiveMembers.Open(table.Settings.Archive, file, split.Path);
            return new ArchiveScanner(archive, (member, name, start, token) => OpenMemberAsync(table, member, name, start, context, token), split.Position);
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    private static async ValueTask<ISplitScanner> OpenMemberAsync(FileTable table, Stream member, string name, FilePosition start, ReaderContext context, CancellationToken stop)
    {
        if (table.Settings.Format.IsLines) return await LinesScanner.OpenAsync(table, member, name, start, -1, context, stop);
        var file = await SpooledFile.CopyAsync(member, stop);
        if (table.Settings.Format == FileFormat.Parquet) return ParquetScanner.Open(table, file, name, start, context.Memory);
        return new CellScanner(table, Cells(table, file, name), start, context);
    }

    private static ICellRows Cells(FileTable table, Stream file, string path) =>
        table.Settings.Format == FileFormat.Xml ? new XmlRows(file, path, table) : new ExcelRows(file, path, table);
}
