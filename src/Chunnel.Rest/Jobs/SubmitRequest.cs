using Chunnel.Config;

namespace Chunnel.Rest;

/// <summary>A job as a caller sends it.</summary>
internal sealed record SubmitRequest
{
    public required string Text { get; init; }

    public required JobFormat Format { get; init; }

    /// <summary>As written; empty means: make one.</summary>
    public string? JobId { get; init; }

    /// <summary>Empty means: the job's own name.</summary>
    public string? Name { get; init; }

    public bool StartsFromSavepoint { get; init; }
}
