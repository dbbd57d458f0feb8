namespace Chunnel.Engine;

/// <summary>Where the checkpoints of a node lie, by SeaTunnel's settings (engine.md 6.7).</summary>
public sealed record CheckpointStorage
{
    /// <summary>A folder, where <see cref="S3"/> is null.</summary>
    public string Folder { get; init; } = OperatingSystem.IsWindows() ? @"C:\ProgramData\seatunnel\checkpoint\" : "/tmp/seatunnel/checkpoint/";

    public S3Place? S3 { get; init; }

    /// <summary>Whether <c>plugin-config</c> may have such a key.</summary>
    public static bool Knows(string key) => CheckpointStorageReader.Knows(key);

    /// <summary>Reads the settings.</summary>
    /// <param name="type"><c>storage.type</c> beside <c>plugin-config</c>: <c>localfile</c> or <c>hdfs</c>; null where it is left out.</param>
    /// <param name="config">What stands in <c>plugin-config</c>.</param>
    /// <param name="faults">Takes everything that is wrong; what is returned counts only where that is nothing.</param>
    public static CheckpointStorage Read(string? type, IReadOnlyDictionary<string, string> config, ICollection<StorageSettingFault> faults) =>
        new CheckpointStorageReader(config, faults).Read(type);
}

/// <summary>A setting of storage that cannot be carried out.</summary>
/// <param name="Key">The key in <c>plugin-config</c>; <c>type</c> for the one beside it.</param>
/// <param name="What">What is wrong with it.</param>
/// <param name="Mend">What to write instead.</param>
public sealed record StorageSettingFault(string Key, string What, string Mend);
