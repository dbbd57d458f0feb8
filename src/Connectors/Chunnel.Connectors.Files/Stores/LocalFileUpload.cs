using Chunnel.Core;

namespace Chunnel.Connectors.Files;

/// <summary>A file on the machine's disk that is being written.</summary>
internal sealed class LocalFileUpload(string path) : IFileUpload
{
    // Writers hand over large blocks: another buffer would only copy.
    private readonly FileStream _file = new(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
    private bool _completed;

    public Stream Body => _file;

    public ValueTask CompleteAsync(CancellationToken stop)
    {
        FailPoint.Reach("file.flush.before");
        _file.Flush(flushToDisk: true);
        FailPoint.Reach("file.flush.after");
        _file.Dispose();
        Disk.FlushFolder(FilePaths.FolderOf(path));
        _completed = true;
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        _file.Dispose();
        if (!_completed) File.Delete(path);
        return ValueTask.CompletedTask;
    }
}
