using System.Text.Json.Serialization;

namespace Chunnel.Client;

/// <summary>The node has taken the job.</summary>
public sealed record SubmittedJob(long JobId, [property: JsonPropertyName("jobName")] string Name);
