namespace Chunnel.Engine;

/// <summary>Where a node keeps what must outlive it.</summary>
public sealed record StorageSettings
{
    private const string ControlFolder = ".control";

    /// <summary>The folder of checkpoints: a folder for each job.</summary>
    public string CheckpointFolder { get; init; } = "/tmp/seatunnel/checkpoint/";

    /// <summary>The bucket of checkpoints, where they lie in S3 and not in the folder.</summary>
    public S3Place? CheckpointBucket { get; init; }

    /// <summary>How many complete checkpoints of a pipeline stay.</summary>
    public int MaxRetained { get; init; } = 20;

    /// <summary>What the control log lies on.</summary>
    public ControlStoreKind ControlStore { get; init; }

    /// <summary>The file (SQLite) or folder of the control log; null: beside the checkpoints.</summary>
    public string? ControlStorePlace { get; init; }

    /// <summary>How long a commit waits for company after the one before it.</summary>
    public TimeSpan Linger { get; init; } = TimeSpan.Zero;

    /// <summary>Where the control log of a cluster lies when it is a file.</summary>
    public string ControlFileFor(string cluster) => ControlFolderFor(cluster) + (ControlStorePlace is null ? ".db" : "");

    /// <summary>Where it lies when it is a folder.</summary>
    public string ControlFolderFor(string cluster) => ControlStorePlace ?? Path.Combine(CheckpointFolder, ControlFolder, NameOf(cluster));

    /// <summary>Where it lies when it is in the checkpoints' bucket.</summary>
    /// <exception cref="InvalidOperationException">They are in none.</exception>
    public S3Place ControlBucketFor(string cluster) =>
        CheckpointBucket is { } bucket ? bucket with { Prefix = $"{bucket.Prefix}{ControlFolder}/{NameOf(cluster)}/" } : throw new InvalidOperationException("The checkpoints lie in no bucket.");

    private static string NameOf(string cluster) => string.Concat(cluster.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c : '_'));
}

/// <summary>What a control log can lie on (design cluster.md 4.3).</summary>
public enum ControlStoreKind
{
    /// <summary>S3 where the checkpoints lie in one that arbitrates; a folder where they lie on a disk of the network; else SQLite.</summary>
    Auto,

    /// <summary>A file on a disk of this machine.</summary>
    Sqlite,

    /// <summary>A folder, also one that several hosts share.</summary>
    Folder,

    /// <summary>The bucket of the checkpoints.</summary>
    S3,

    /// <summary>A node that ends forgets its jobs.</summary>
    Memory,
}
