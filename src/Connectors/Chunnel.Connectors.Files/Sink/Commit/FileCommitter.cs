using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Connectors.Files;

/// <summary>Commits the files of all writers of a sink, once their checkpoint is complete.</summary>
internal sealed class FileCommitter(IFileStore store) : IAggregatedCommitter
{
    public byte[] Combine(IReadOnlyList<byte[]> infos) => FileCommitInfo.Combine(infos);

    public async ValueTask<IReadOnlyList<byte[]>> CommitAsync(IReadOnlyList<byte[]> aggregates, CancellationToken stop)
    {
        FileCommitInfo[] infos = [.. aggregates.SelectMany(FileCommitInfo.Separate)];
        await CommitAsync(infos, stop);
        if (infos.Length > 0) await FileCommits.RemoveStraysAsync(store, infos[^1].Folder, stop);
        return [];
    }

    public ValueTask RestoreCommitAsync(IReadOnlyList<byte[]> aggregates, CancellationToken stop) => CommitAsync([.. aggregates.SelectMany(FileCommitInfo.Separate)], stop);

    public async ValueTask AbortAsync(IReadOnlyList<byte[]> aggregates, CancellationToken stop)
    {
        foreach (var info in aggregates.SelectMany(FileCommitInfo.Separate)) await FileCommits.RemoveFolderAsync(store, info.Folder, stop);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async ValueTask CommitAsync(FileCommitInfo[] infos, CancellationToken stop)
    {
        foreach (var info in infos)
        {
            try
            {
                await FileCommits.CommitAsync(store, info, stop);
            }
            catch (ChunnelException error)
            {
                throw new ChunnelException(FileErrors.CommitFailed, $"The files of transaction {info.Transaction} could not be committed. {error.What}", error)
                {
                    Mend = "They wait in the temporary folder; the commit is tried again when the job is restored.",
                };
            }
        }
    }
}
