using Chunnel.Config;

namespace Chunnel.Rest;

/// <summary>A job as a caller sends it.</summary>
internal sealed record SubmitRequest
{
    /// <summary>Reads it, its secrets opened; refuses what is empty or no text of its language.</summary>
    public required Func<ShadeSet, JobLoadResult> Load { get; init; }

    /// <summary>What was sent, to tell it from other orders.</summary>
    public required Func<string> Content { get; init; }

    /// <summary>As written; empty means: make one.</summary>
    public string? JobId { get; init; }

    /// <summary>Empty means: the job's own name.</summary>
    public string? Name { get; init; }

    public bool StartsFromSavepoint { get; init; }

    /// <summary>The caller's own mark of the order: sent twice, it is carried out once. Null: each order stands for itself.</summary>
    public string? Key { get; init; }
}
