namespace Chunnel.Engine;

/// <summary>Where a node keeps what must outlive it.</summary>
public sealed record StorageSettings
{
    /// <summary>The folder of checkpoints: a folder for each job.</summary>
    public string CheckpointFolder { get; init; } = "/tmp/seatunnel/checkpoint/";

    /// <summary>The bucket of checkpoints, where they lie in S3 and not in the folder.</summary>
    public S3Place? CheckpointBucket { get; init; }

    /// <summary>How many complete checkpoints of a pipeline stay.</summary>
    public int MaxRetained { get; init; } = 20;

    /// <summary>The file of the control log; null: beside the checkpoints.</summary>
    public string? ControlLogFile { get; init; }

    /// <summary>False: the control log lies in memory, and a node that ends forgets its jobs.</summary>
    public bool KeepsControlLog { get; init; } = true;

    /// <summary>How long a commit waits for company after the one before it.</summary>
    public TimeSpan Linger { get; init; } = TimeSpan.Zero;

    /// <summary>Where the control log of a cluster lies.</summary>
    public string ControlLogFileFor(string cluster) => ControlLogFile ?? Path.Combine(CheckpointFolder, ".control", string.Concat(cluster.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c : '_')) + ".db");
}
