using System.Collections.Immutable;

namespace Chunnel.Engine;

/// <summary>What a node's settings say about running jobs.</summary>
public sealed record EngineSettings
{
    /// <summary>This node as slots and logs name it, <c>host:port</c>.</summary>
    public string Worker { get; init; } = "localhost:5801";

    /// <summary>This node's attributes: a job's <c>tag_filter</c> looks for them.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = ImmutableDictionary<string, string>.Empty;

    public SlotSettings Slots { get; init; } = new();

    public CheckpointSettings Checkpoints { get; init; } = new();

    /// <summary>Bytes that the batches of all jobs may take.</summary>
    public long MemoryBytes { get; init; } = MemoryShare.OfProcess();

    /// <summary>Bytes that the batches of one job may take; the node's when null.</summary>
    public long? JobMemoryBytes { get; init; }

    /// <summary>Where events of jobs are sent; null: nowhere.</summary>
    public EventReportSettings? Events { get; init; }

    /// <summary>How many numbers may be kept of what running jobs did with their time in the last minutes; 0: nothing is.</summary>
    public long RealtimeNumbers { get; init; }

    /// <summary>How long ended jobs are remembered.</summary>
    public TimeSpan HistoryExpires { get; init; } = TimeSpan.FromMinutes(1440);
}
