using System.Text.Json.Serialization;

namespace Chunnel.Client;

/// <summary>A job as a node shows it (spec rest-api.md 4).</summary>
public sealed record JobInfo
{
    public long JobId { get; set; }

    [JsonPropertyName("jobName")]
    public string Name { get; set; } = "";

    /// <summary>As SeaTunnel spells it: PENDING, RUNNING, FINISHED, CANCELED, ...</summary>
    [JsonPropertyName("jobStatus")]
    public string Status { get; set; } = "";

    /// <summary>Why it failed; null if it did not.</summary>
    [JsonPropertyName("errorMsg")]
    public string? Error { get; set; }

    /// <summary><c>yyyy-MM-dd HH:mm:ss</c> in the node's time zone.</summary>
    [JsonPropertyName("createTime")]
    public string Created { get; set; } = "";

    /// <summary>As <see cref="Created"/>; null while it runs.</summary>
    [JsonPropertyName("finishTime")]
    public string? Ended { get; set; }

    public JobDag? JobDag { get; set; }

    public JobMetrics Metrics { get; set; } = new();

    [JsonIgnore]
    public bool HasEnded => Status is "FINISHED" or "FAILED" or "CANCELED" or "SAVEPOINT_DONE" or "UNKNOWABLE";
}
