using Microsoft.Extensions.Logging;

namespace Chunnel.Engine;

/// <summary>Where the checkpoints of a node lie, and how many of them (engine.md 6.7).</summary>
public sealed record CheckpointStorage
{
    /// <summary>A folder, where <see cref="S3"/> is null.</summary>
    public string Folder { get; init; } = OperatingSystem.IsWindows() ? @"C:\ProgramData\seatunnel\checkpoint\" : "/tmp/seatunnel/checkpoint/";

    public S3Place? S3 { get; init; }

    public int MaxRetained { get; init; } = 20;

    /// <summary>Reads SeaTunnel's settings.</summary>
    /// <param name="type"><c>storage.type</c> beside <c>plugin-config</c>: <c>localfile</c> or <c>hdfs</c>; null where it is left out.</param>
    /// <param name="config">What stands in <c>plugin-config</c>.</param>
    /// <param name="faults">Takes everything that is wrong; what is returned counts only while none of it is an error.</param>
    public static CheckpointStorage Read(string? type, IReadOnlyDictionary<string, string> config, ICollection<StorageSettingFault> faults) =>
        new CheckpointStorageReader(config, faults).Read(type);

    public CheckpointStore Open(TimeProvider clock, ILogger log) =>
        new(S3 is { } place ? new S3Medium(place) : new FolderMedium(Folder, clock), MaxRetained, log);
}

/// <summary>A setting of storage that cannot be carried out.</summary>
/// <param name="Key">The key in <c>plugin-config</c>; <c>type</c> for the one beside it.</param>
/// <param name="What">What is wrong with it.</param>
/// <param name="Mend">What to write instead.</param>
/// <param name="IsWarning">The node can do without.</param>
public sealed record StorageSettingFault(string Key, string What, string Mend, bool IsWarning = false);
