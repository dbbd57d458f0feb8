using System.Text.Json.Serialization;

namespace Chunnel.Client;

/// <summary>A node, or the cluster it belongs to, in figures (spec rest-api.md 5.1).</summary>
public sealed record Overview
{
    public string ProjectVersion { get; set; } = "";

    public string GitCommitAbbrev { get; set; } = "";

    /// <summary>0 where a worker makes slots as they are asked for.</summary>
    [JsonPropertyName("totalSlot")]
    public int TotalSlots { get; set; }

    [JsonPropertyName("unassignedSlot")]
    public int UnassignedSlots { get; set; }

    public int Workers { get; set; }

    public int RunningJobs { get; set; }

    /// <summary>Jobs that wait for slots.</summary>
    public int PendingJobs { get; set; }

    public int FinishedJobs { get; set; }

    public int FailedJobs { get; set; }

    public int CancelledJobs { get; set; }
}
