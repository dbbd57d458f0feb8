using Chunnel.Core;

namespace Chunnel.Connectors.Files;

/// <summary>
/// Makes prepared files visible. Every step may have been done before, by this process or one that died: a file that is gone from its
/// temporary place has been moved already, and a folder that is gone has been tidied up.
/// </summary>
internal static class FileCommits
{
    public static async ValueTask CommitAsync(IFileStore store, FileCommitInfo info, CancellationToken stop)
    {
        foreach (var move in info.Moves)
        {
            FailPoint.Reach("file.move");
            await store.MoveAsync(move.From, move.To, stop);
        }
        // The temporary folder goes only when the moves are sure to stay.
        await store.SettleAsync([.. info.Moves.Select(move => FilePaths.FolderOf(move.To)).Distinct()], stop);
        await RemoveFolderAsync(store, info.Folder, stop);
    }

    /// <summary>
    /// Deletes what older attempts of the same sink left: called when a checkpoint of this attempt is committed, for then all that an older one
    /// prepared and a checkpoint covers was committed when this one was restored. What cannot be deleted now goes with the next commit.
    /// </summary>
    /// <param name="store">Where they lie.</param>
    /// <param name="folder">The folder of a transaction of this attempt.</param>
    /// <param name="stop">Ends it.</param>
    public static async ValueTask RemoveStraysAsync(IFileStore store, string folder, CancellationToken stop)
    {
        var prefixFolder = FilePaths.FolderOf(folder);
        var jobFolder = FilePaths.FolderOf(prefixFolder);
        try
        {
            foreach (var prefix in await store.FolderNamesAsync(jobFolder, stop))
            {
                if (FileTransactions.IsOlder(prefix, than: Path.GetFileName(prefixFolder))) await store.DeleteAsync(FilePaths.Join(jobFolder, prefix), stop);
            }
            await store.DeleteFolderIfEmptyAsync(jobFolder, stop);
        }
        catch (ChunnelException)
        {
            // The rows are in their places.
        }
    }

    /// <summary>Deletes a transaction's folder, and those above it that it leaves empty.</summary>
    public static async ValueTask RemoveFolderAsync(IFileStore store, string folder, CancellationToken stop)
    {
        await store.DeleteAsync(folder, stop);
        var prefixFolder = FilePaths.FolderOf(folder);
        await store.DeleteFolderIfEmptyAsync(prefixFolder, stop);
        await store.DeleteFolderIfEmptyAsync(FilePaths.FolderOf(prefixFolder), stop);
    }
}
