using Chunnel.Core;

namespace Chunnel.Connectors.Files;

/// <summary>Finds the files of a table.</summary>
internal static class FileListing
{
    /// <exception cref="ChunnelException">FILE-03: the path is not there or cannot be listed.</exception>
    public static async ValueTask<IReadOnlyList<StoredFile>> FindAsync(IFileStore store, FileTableSettings settings, CancellationToken stop)
    {
        IReadOnlyList<StoredFile>? all;
        try
        {
            all = await store.ListAsync(settings.Path, stop);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Failed(settings, error.Message, error);
        }
        if (all is null) throw Failed(settings, "There is no such file or folder.", null);
        return [.. all.Where(file => settings.Filter.Takes(settings.Path, file))];
    }

    private static ChunnelException Failed(FileTableSettings settings, string why, Exception? error) =>
        new(FileErrors.ListFailed, $"Get file list from this path [{settings.Path}] failed. {why}", error)
        {
            Where = settings.Block.Find("path")?.Value.Where ?? settings.Where,
            Mend = "Check 'path'; it must be there on every machine that reads.",
        };
}
