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

    /// <summary>Deletes a transaction's folder, and those above it that it leaves empty.</summary>
    public static async ValueTask RemoveFolderAsync(IFileStore store, string folder, CancellationToken stop)
    {
        await store.DeleteAsync(folder, stop);
        var prefixFolder = FilePaths.FolderOf(folder);
        await store.DeleteFolderIfEmptyAsync(prefixFolder, stop);
        await store.DeleteFolderIfEmptyAsync(FilePaths.FolderOf(prefixFolder), stop);
    }
}
