using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Connectors.Files;

/// <summary>Prepares the target folder: the folder is the table, the files below it are its rows.</summary>
internal sealed class FileSaveMode(IFileStore store, FileSinkSettings settings, TableSchema table) : ISaveMode
{
    private static readonly string[] SystemFolders = ["/bin", "/boot", "/data", "/dev", "/etc", "/home", "/lib", "/mnt", "/opt", "/proc", "/root", "/sbin", "/srv", "/sys", "/tmp", "/usr", "/var"];

    public TableSchema Table => table;

    public SchemaSaveMode Schema => settings.SchemaSaveMode;

    public DataSaveMode Data => settings.DataSaveMode;

    public string Catalog => store.Connector;

    public ValueTask<bool> TableExistsAsync(CancellationToken stop) => store.ExistsAsync(settings.Path, stop);

    public ValueTask CreateTableAsync(CancellationToken stop) => store.CreateFolderAsync(settings.Path, stop);

    public ValueTask DropTableAsync(CancellationToken stop) => store.DeleteAsync(GuardedPath(), stop);

    public async ValueTask<bool> HasDataAsync(CancellationToken stop)
    {
        var files = await store.ListAsync(settings.Path, stop);
        return files is not null && files.Any(file => new FileFilter().Takes(settings.Path, file));
    }

    public async ValueTask DropDataAsync(CancellationToken stop)
    {
        await store.DeleteAsync(GuardedPath(), stop);
        await store.CreateFolderAsync(settings.Path, stop);
    }

    public ValueTask RunCustomAsync(CancellationToken stop) =>
        throw new ChunnelException(CommonErrors.SaveModeFailed, $"data_save_mode = CUSTOM_PROCESSING: a {store.Connector} sink runs no SQL.") { Where = settings.Block.Where, Mend = "Use DROP_DATA, APPEND_DATA or ERROR_WHEN_DATA_EXISTS." };

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>The target, unless deleting it would take a whole disk or a person's home along.</summary>
    private string GuardedPath()
    {
        var full = FilePaths.Clean(Path.GetFullPath(settings.Path));
        var home = FilePaths.Clean(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile));
        if (full.Length > 1 && full != home && !SystemFolders.Contains(full)) return settings.Path;
        throw new ChunnelException(CommonErrors.SaveModeFailed, $"'{settings.Path}' is not deleted: other things than this table live there.") { Where = settings.Block.Where, Mend = "Give the sink a folder of its own." };
    }
}
