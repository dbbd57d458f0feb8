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
            if (table.Settings.Archive == ArchiveKind.None) return await LinesScanner.OpenAsync(table, file, split.Path, split.Position, split.End, context, stop);
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
        if (table.Settings.Format != FileFormat.Parquet) return await LinesScanner.OpenAsync(table, member, name, start, -1, context, stop);
        return ParquetScanner.Open(table, await SpooledFile.CopyAsync(member, stop), name, start, context.Memory);
    }
}
