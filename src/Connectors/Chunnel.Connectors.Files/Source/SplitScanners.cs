using Chunnel.Formats;
using Chunnel.Plugins;

namespace Chunnel.Connectors.Files;

/// <summary>Opens splits in the format of their table.</summary>
internal static class SplitScanners
{
    public static async ValueTask<ISplitScanner> OpenAsync(FileTable table, FileSplit split, IFileStore store, ReaderContext context, CancellationToken stop)
    {
        var file = await store.OpenReadAsync(split.Path, stop);
        try
        {
            if (table.Settings.Archive != ArchiveKind.None)
            {
                var archive = ArchiveMembers.Open(table.Settings.Archive, file, split.Path);
                return new ArchiveScanner(archive, (member, name, start, end) => OpenMemberAsync(table, member, name, start, context, end), split.Position);
            }
            if (table.Settings.Format == FileFormat.Parquet) return await ParquetScanner.OpenAsync(table, split, file, context, stop);
            return await LinesScanner.OpenAsync(table, file, split.Path, split.Position, split.End, context, stop);
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    private static async ValueTask<ISplitScanner> OpenMemberAsync(FileTable table, Stream member, string name, FilePosition start, ReaderContext context, CancellationToken stop)
    {
        if (table.Settings.Format == FileFormat.Parquet)
        {
            var whole = new FileSplit(name, 0, 0, -1, start);
            return await ParquetScanner.OpenAsync(table, whole, await SpooledFile.CopyAsync(member, stop), context, stop);
        }
        return await LinesScanner.OpenAsync(table, member, name, start, -1, context, stop);
    }
}
