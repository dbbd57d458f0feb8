using Chunnel.Core;

namespace Chunnel.Connectors.Files;

/// <summary>The machine's own disk. Moves are atomic: within one file system by a rename, across two by a copy beside the target that is then renamed.</summary>
public sealed class LocalFileStore : IFileStore
{
    private const int CreateTries = 8;

    public string Connector => "LocalFile";

    public ValueTask<IReadOnlyList<StoredFile>?> ListAsync(string path, CancellationToken stop)
    {
        if (File.Exists(path)) return new([Describe(path, new FileInfo(path))]);
        if (!Directory.Exists(path)) return new((IReadOnlyList<StoredFile>?)null);
        var found = new List<StoredFile>();
        Walk(path, new DirectoryInfo(path), Path.GetFullPath(path), found, [], stop);
        found.Sort((one, other) => string.CompareOrdinal(one.Path, other.Path));
        return new(found);
    }

    public ValueTask<bool> ExistsAsync(string path, CancellationToken stop) => new(Path.Exists(path));

    public ValueTask<IReadOnlyList<string>> FolderNamesAsync(string path, CancellationToken stop) =>
        new(Directory.Exists(path) ? [.. Directory.EnumerateDirectories(path).Select(folder => Path.GetFileName(folder))] : []);

    public ValueTask<Stream> OpenReadAsync(string path, CancellationToken stop)
    {
        try
        {
            // Readers ask for large blocks: another buffer would only copy.
            return new(new FileStream(path, new FileStreamOptions
            {
                Mode = FileMode.Open, Access = FileAccess.Read, Share = FileShare.ReadWrite | FileShare.Delete, BufferSize = 0, Options = FileOptions.SequentialScan,
            }));
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ChunnelException(CommonErrors.FileMissing(Connector, "read", path), "It was there when the files were listed.", error) { Mend = "Does something else move or delete the files?" };
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Failed("read", path, error);
        }
    }

    public string? DiskPathOf(string path) => path;

    public ValueTask<IFileUpload> CreateAsync(string path, CancellationToken stop)
    {
        try
        {
            for (var tries = 1; ; tries++)
            {
                Directory.CreateDirectory(FilePaths.FolderOf(path));
                FailPoint.Reach("file.create");
                try
                {
                    return new(new LocalFileUpload(path));
                }
                catch (DirectoryNotFoundException) when (tries < CreateTries)
                {
                    // Someone who tidies up took the empty folder away in between.
                }
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Failed("create", path, error);
        }
    }

    public ValueTask<bool> MoveAsync(string from, string to, CancellationToken stop) => MoveAsync(from, to, replace: true, stop);

    public ValueTask<bool> MoveIfAbsentAsync(string from, string to, CancellationToken stop) =>
        File.Exists(from) ? MoveAsync(from, to, replace: false, stop) : throw new ChunnelException(CommonErrors.FileMissing(Connector, "rename", from), $"It was to become {to}.");

    public ValueTask SettleAsync(IReadOnlyCollection<string> folders, CancellationToken stop)
    {
        foreach (var folder in folders)
        {
            try
            {
                FailPoint.Reach("file.settle.before");
                Disk.FlushFolder(folder);
                FailPoint.Reach("file.settle.after");
            }
            catch (IOException error)
            {
                throw Failed("flush", folder, error);
            }
        }
        return ValueTask.CompletedTask;
    }

    public ValueTask CreateFolderAsync(string path, CancellationToken stop)
    {
        try
        {
            Directory.CreateDirectory(path);
            return ValueTask.CompletedTask;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Failed("create", path, error);
        }
    }

    public ValueTask DeleteAsync(string path, CancellationToken stop)
    {
        try
        {
            FailPoint.Reach("file.delete.before");
            if (Directory.Exists(path)) Directory.Delete(path, recursive: true);
            else File.Delete(path);
            FailPoint.Reach("file.delete.after");
        }
        catch (DirectoryNotFoundException)
        {
            // Gone already.
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Failed("delete", path, error);
        }
        return ValueTask.CompletedTask;
    }

    public ValueTask DeleteFolderIfEmptyAsync(string path, CancellationToken stop)
    {
        try
        {
            Directory.Delete(path, recursive: false);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Not empty, not there, or not ours: then it stays.
        }
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async ValueTask<bool> MoveAsync(string from, string to, bool replace, CancellationToken stop)
    {
        try
        {
            FailPoint.Reach("file.rename.before");
            if (!File.Exists(from)) return false;
            Directory.CreateDirectory(FilePaths.FolderOf(to));
            if (Disk.TryMove(from, to, replace, out var taken))
            {
                FailPoint.Reach("file.rename.after");
                return true;
            }
            if (taken) return false;
            var beside = FilePaths.Join(FilePaths.FolderOf(to), $".{Path.GetFileName(to)}.moving");
            await CopyAsync(from, beside, stop);
            if (!Disk.TryMove(beside, to, replace, out _))
            {
                File.Delete(beside);
                return false;
            }
            File.Delete(from);
            return true;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Failed("rename", $"{from} to {to}", error);
        }
    }

    private static async ValueTask CopyAsync(string from, string to, CancellationToken stop)
    {
        await using var source = new FileStream(from, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        await using var target = new FileStream(to, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        await source.CopyToAsync(target, 1 << 20, stop);
        target.Flush(flushToDisk: true);
    }

    /// <summary>Follows links to folders, but into none twice on one way down.</summary>
    private static void Walk(string path, DirectoryInfo folder, string real, List<StoredFile> found, HashSet<string> above, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        if (folder.LinkTarget is not null) real = folder.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? real;
        if (!above.Add(real)) return;
        foreach (var entry in folder.EnumerateFileSystemInfos())
        {
            var at = FilePaths.Join(path, entry.Name);
            if (entry is DirectoryInfo inner) Walk(at, inner, Path.Combine(real, entry.Name), found, above, stop);
            else if (entry is FileInfo { Exists: true } file) found.Add(Describe(at, file));
        }
        above.Remove(real);
    }

    private static StoredFile Describe(string path, FileInfo file)
    {
        var target = file.LinkTarget is null ? file : file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;
        return new StoredFile(path, target.Exists ? target.Length : 0, new DateTimeOffset(target.LastWriteTimeUtc, TimeSpan.Zero));
    }

    private ChunnelException Failed(string operation, string path, Exception error) =>
        new(CommonErrors.FileOperationFailed(Connector, operation, path), error.Message, error) { Mend = "Check that the path, its rights and the free space are as they should be." };
}
