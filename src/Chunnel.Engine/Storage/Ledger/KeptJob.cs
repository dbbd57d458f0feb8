using System.Text.Json;
using System.Text.Json.Serialization;
using Chunnel.Config;
using Chunnel.Control;
using Chunnel.Core;

namespace Chunnel.Engine;

/// <summary>An ended job as the history keeps it: all that is shown of it, its text in the normal form.</summary>
internal sealed record KeptJob
{
    public required long JobId { get; init; }

    public required string Name { get; init; }

    public required JobStatus Status { get; init; }

    public string? ErrorText { get; init; }

    public required DateTimeOffset Submitted { get; init; }

    public required DateTimeOffset Ended { get; init; }

    public required string Definition { get; init; }

    public bool StartsFromSavepoint { get; init; }

    public required IReadOnlyList<PipelineView> Pipelines { get; init; }

    public required MetricsView Metrics { get; init; }

    public int Slots { get; init; }

    /// <summary>The highest attempt of any pipeline: a later life of the id counts on from it.</summary>
    public int LastAttempt { get; init; }

    public static byte[] Write(JobView job) => JsonSerializer.SerializeToUtf8Bytes(
        new KeptJob
        {
            JobId = job.JobId,
            Name = job.Name,
            Status = job.Status,
            ErrorText = job.ErrorText,
            Submitted = job.Submitted,
            Ended = job.Ended!.Value,
            Definition = SettingsJson.Compact(job.Definition.Root),
            StartsFromSavepoint = job.StartsFromSavepoint,
            Pipelines = job.Pipelines,
            Metrics = job.Metrics,
            Slots = job.Slots,
            LastAttempt = job.LastAttempt,
        },
        KeptJobContext.Default.KeptJob);

    /// <exception cref="JsonException">They are not what <see cref="Write"/> wrote.</exception>
    public static KeptJob Read(byte[] bytes) => JsonSerializer.Deserialize(bytes, KeptJobContext.Default.KeptJob) ?? throw new JsonException("null");

    /// <exception cref="ProblemsException">This program does not understand the job's text any more.</exception>
    public JobView View(ShadeSet shades) => new()
    {
        JobId = JobId,
        Name = Name,
        Status = Status,
        ErrorText = ErrorText,
        Submitted = Submitted,
        Ended = Ended,
        Definition = new JobContent(Definition, Name, StartsFromSavepoint).Read(shades),
        StartsFromSavepoint = StartsFromSavepoint,
        Pipelines = Pipelines,
        Metrics = Metrics,
        Slots = Slots,
        LastAttempt = LastAttempt,
    };
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(KeptJob))]
internal sealed partial class KeptJobContext : JsonSerializerContext;
