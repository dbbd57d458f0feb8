using System.Text.Json.Serialization;

namespace Chunnel.Client;

/// <summary>What a job has counted, over all its tasks (spec rest-api.md 4.5). Rates are averages over its life.</summary>
public sealed record JobMetrics
{
    [JsonPropertyName("SourceReceivedCount")]
    public long RowsRead { get; set; }

    [JsonPropertyName("SourceReceivedBytes")]
    public long BytesRead { get; set; }

    /// <summary>Rows a second.</summary>
    [JsonPropertyName("SourceReceivedQPS")]
    public double RowsReadPerSecond { get; set; }

    [JsonPropertyName("SinkWriteCount")]
    public long RowsWritten { get; set; }

    [JsonPropertyName("SinkWriteBytes")]
    public long BytesWritten { get; set; }

    /// <summary>Rows a second.</summary>
    [JsonPropertyName("SinkWriteQPS")]
    public double RowsWrittenPerSecond { get; set; }

    /// <summary>Rows that are there to stay.</summary>
    [JsonPropertyName("SinkCommittedCount")]
    public long RowsCommitted { get; set; }

    /// <summary>Rows that were left out: by filters, or because a step refused them. Told of jobs that refused rows.</summary>
    [JsonPropertyName("FilteredCount")]
    public long RowsFiltered { get; set; }

    /// <summary>Rows among them that a step refused.</summary>
    [JsonPropertyName("SkippedCount")]
    public long RowsSkipped { get; set; }

    /// <summary>Rows that a step refused and that are set aside as dead letters.</summary>
    [JsonPropertyName("DeadLetteredCount")]
    public long RowsDeadLettered { get; set; }

    /// <summary>Rows between two tasks right now.</summary>
    [JsonPropertyName("IntermediateQueueSize")]
    public long RowsInQueues { get; set; }

    [JsonPropertyName("TableSourceReceivedCount")]
    public IReadOnlyDictionary<string, long> RowsReadByTable { get; set; } = new Dictionary<string, long>();

    [JsonPropertyName("TableSinkWriteCount")]
    public IReadOnlyDictionary<string, long> RowsWrittenByTable { get; set; } = new Dictionary<string, long>();

    [JsonPropertyName("TableDeadLetteredCount")]
    public IReadOnlyDictionary<string, long> RowsDeadLetteredByTable { get; set; } = new Dictionary<string, long>();

    [JsonPropertyName("TableSinkCommittedCount")]
    public IReadOnlyDictionary<string, long> RowsCommittedByTable { get; set; } = new Dictionary<string, long>();
}
