using Chunnel.Config;
using Chunnel.Core;
using Chunnel.Engine;
using Microsoft.Extensions.Logging;

namespace Chunnel.Server;

/// <summary>What a node keeps outside of its process, held for itself: of two nodes that were given the same place, the second does not start.</summary>
public sealed class NodeStorage : IDisposable
{
    private readonly FileStream? _lock;

    private NodeStorage(EngineStorage engine, FileStream? held) => (Engine, _lock) = (engine, held);

    /// <summary>For the engine, which disposes it.</summary>
    public EngineStorage Engine { get; }

    /// <exception cref="ChunnelException">The place cannot be written, or another node has it.</exception>
    public static NodeStorage Open(StorageSettings settings, string cluster, ShadeSet shades, ILogger log, TimeProvider clock)
    {
        var file = settings.ControlLogFileFor(cluster);
        var held = settings.KeepsControlLog ? Hold(file) : null;
        return new NodeStorage(
            new EngineStorage
            {
                Log = settings.KeepsControlLog ? new SqliteMedium(file) : new MemoryMedium(),
                LogSettings = new ControlLogSettings { Linger = settings.Linger },
                Checkpoints = OpenCheckpoints(settings, log, clock),
                Shades = shades,
            },
            held);
    }

    /// <summary>The checkpoints alone: for whoever looks at them, or runs a job here and now.</summary>
    public static CheckpointStore OpenCheckpoints(StorageSettings settings, ILogger log, TimeProvider clock) =>
        new(settings.CheckpointBucket is { } bucket ? new S3Medium(bucket) : new FolderMedium(settings.CheckpointFolder, clock), settings.MaxRetained, log);

    public void Dispose() => _lock?.Dispose();

    private static FileStream Hold(string file)
    {
        try
        {
            var folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
            // Jobs stand there with their passwords, unless these came encrypted.
            if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
            else Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            return new FileStream(file + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException fault)
        {
            throw new ChunnelException(ServerErrors.StorageTaken, $"The control log {file} cannot be held: {fault.Message}", fault)
            {
                Mend = "If another node uses it, give this one a place of its own: checkpoint.storage.plugin-config.namespace, or control-store.url, in seatunnel.yaml.",
            };
        }
        catch (UnauthorizedAccessException fault)
        {
            throw new ChunnelException(ServerErrors.StorageTaken, $"The control log {file} cannot be written: {fault.Message}", fault)
            {
                Mend = "Let this user write there, or name another place: checkpoint.storage.plugin-config.namespace, or control-store.url, in seatunnel.yaml.",
            };
        }
    }
}
