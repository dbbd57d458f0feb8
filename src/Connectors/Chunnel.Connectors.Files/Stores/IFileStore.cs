using Chunnel.Plugins;

namespace Chunnel.Connectors.Files;

/// <summary>
/// A place that keeps files: a disk, a bucket, a server. Everything above speaks to it alone, so that all file connectors list, read,
/// name and commit in the same way. Paths use <c>/</c>.
/// </summary>
public interface IFileStore : IAsyncDisposable
{
    /// <summary>The connector that the store belongs to, for error texts.</summary>
    string Connector { get; }

    /// <summary>All files below a folder, however deep, in the order of their paths; or the one file that the path names. Null when nothing is there.</summary>
    ValueTask<IReadOnlyList<StoredFile>?> ListAsync(string path, CancellationToken stop);

    ValueTask<bool> ExistsAsync(string path, CancellationToken stop);

    /// <summary>The names of the folders directly within a folder; none when it is not there.</summary>
    ValueTask<IReadOnlyList<string>> FolderNamesAsync(string path, CancellationToken stop);

    /// <summary>The file's bytes. The stream can seek.</summary>
    ValueTask<Stream> OpenReadAsync(string path, CancellationToken stop);

    /// <summary>Where the file lies on this machine's disk, for libraries that read files themselves; null when it does not.</summary>
    string? DiskPathOf(string path) => null;

    /// <summary>How a catalog of data calls a folder or file: on a disk by its whole path.</summary>
    DatasetName? DatasetOf(string path) => DiskPathOf(path) is { } disk ? new DatasetName("file", Path.GetFullPath(disk)) : null;

    /// <summary>Begins a new file, making the folders that lead to it.</summary>
    ValueTask<IFileUpload> CreateAsync(string path, CancellationToken stop);

    /// <summary>Gives a file its final place in one step, replacing what stands there. False when there is nothing to move.</summary>
    ValueTask<bool> MoveAsync(string from, string to, CancellationToken stop);

    /// <summary>As <see cref="MoveAsync"/>, but leaves what stands there: false then, and the file stays where it was. That there is nothing to move is an error.</summary>
    ValueTask<bool> MoveIfAbsentAsync(string from, string to, CancellationToken stop);

    /// <summary>Returns when the moves into these folders would outlive a power cut.</summary>
    ValueTask SettleAsync(IReadOnlyCollection<string> folders, CancellationToken stop);

    ValueTask CreateFolderAsync(string path, CancellationToken stop);

    /// <summary>Deletes a file, or a folder with all that it holds. Nothing there is fine.</summary>
    ValueTask DeleteAsync(string path, CancellationToken stop);

    /// <summary>Deletes a folder if it is empty.</summary>
    ValueTask DeleteFolderIfEmptyAsync(string path, CancellationToken stop);
}
