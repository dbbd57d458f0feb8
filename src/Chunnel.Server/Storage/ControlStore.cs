using Chunnel.Core;
using Chunnel.Engine;
using Microsoft.Extensions.Logging;

namespace Chunnel.Server;

/// <summary>Finds what the control log lies on (design cluster.md 4.3), and whether it may lie there.</summary>
/// <param name="Medium">What it lies on.</param>
/// <param name="Lock">Held for as long as the node has it; null where nothing can be held.</param>
internal sealed record ControlStore(ILogMedium Medium, IDisposable? Lock)
{
    private const string OtherPlace = "checkpoint.storage.plugin-config.namespace, or control-store.url, in seatunnel.yaml";

    /// <exception cref="ChunnelException">It may not lie there.</exception>
    public static async Task<ControlStore> OpenAsync(StorageSettings settings, string cluster, ILogger log, TimeProvider clock, CancellationToken stop)
    {
        var kind = settings.ControlStore == ControlStoreKind.Auto ? Find(settings) : settings.ControlStore;
        if (kind == ControlStoreKind.S3)
        {
            if (await OpenBucketAsync(settings.ControlBucketFor(cluster), stop) is { } bucket) return new ControlStore(bucket, null);
            if (settings.ControlStore == ControlStoreKind.S3)
            {
                throw new ChunnelException(ServerErrors.StorageTaken, $"The control log cannot lie at {settings.ControlBucketFor(cluster)}: of two who write one key there, the second overwrites the first.")
                {
                    Mend = "Set control-store.type: sqlite or folder, with a place of its own in control-store.url; or use a store that heeds If-None-Match on a write.",
                };
            }
            kind = ControlStoreKind.Sqlite;
            log.BucketDoesNotArbitrate(settings.CheckpointBucket!.ToString(), settings.ControlFileFor(cluster));
        }
        switch (kind)
        {
            case ControlStoreKind.Folder:
                var folder = settings.ControlFolderFor(cluster);
                return new ControlStore(new FolderMedium(folder, clock), Hold(folder));
            case ControlStoreKind.Memory:
                return new ControlStore(new MemoryMedium(), null);
            default:
                var file = settings.ControlFileFor(cluster);
                var held = Hold(file);
                return new ControlStore(new SqliteMedium(file), held);
        }
    }

    private static ControlStoreKind Find(StorageSettings settings) =>
        settings.CheckpointBucket is not null && settings.ControlStorePlace is null ? ControlStoreKind.S3
        : IsOnNetwork(settings.ControlStorePlace ?? settings.CheckpointFolder) ? ControlStoreKind.Folder
        : ControlStoreKind.Sqlite;

    /// <summary>SQLite must not lie on a disk that several hosts see (its own rule: its locks do not hold there).</summary>
    private static bool IsOnNetwork(string path)
    {
        var there = Path.GetFullPath(path);
        while (!Directory.Exists(there) && Path.GetDirectoryName(there) is { } above) there = above;
        return new DriveInfo(there).DriveType == DriveType.Network;
    }

    /// <summary>Null where the store lets both of two writers through.</summary>
    private static async Task<S3Medium?> OpenBucketAsync(S3Place place, CancellationToken stop)
    {
        var medium = new S3Medium(place);
        var arbitrates = false;
        try
        {
            arbitrates = await medium.ArbitratesAsync(stop);
            return arbitrates ? medium : null;
        }
        finally
        {
            if (!arbitrates) await medium.DisposeAsync();
        }
    }

    private static FileStream Hold(string place)
    {
        try
        {
            var folder = Path.GetDirectoryName(Path.GetFullPath(place))!;
            // Jobs stand there with their passwords, unless these came encrypted.
            if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
            else Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            return new FileStream(Path.TrimEndingDirectorySeparator(place) + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException fault)
        {
            throw new ChunnelException(ServerErrors.StorageTaken, $"The control log {place} cannot be held: {fault.Message}", fault)
            {
                Mend = $"If another node uses it, give this one a place of its own: {OtherPlace}.",
            };
        }
        catch (UnauthorizedAccessException fault)
        {
            throw new ChunnelException(ServerErrors.StorageTaken, $"The control log {place} cannot be written: {fault.Message}", fault)
            {
                Mend = $"Let this user write there, or name another place: {OtherPlace}.",
            };
        }
    }
}
