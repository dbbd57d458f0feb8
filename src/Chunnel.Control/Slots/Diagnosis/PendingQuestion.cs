using System.Collections.Immutable;

namespace Chunnel.Control;

/// <summary>What somebody wants to know about the queue.</summary>
public sealed record PendingQuestion
{
    /// <summary>Only this job; then <see cref="Limit"/> does not count.</summary>
    public long? JobId { get; init; }

    /// <summary>Only so many, oldest first; 0 or less is all.</summary>
    public int Limit { get; init; }

    /// <summary>Tags of the workers that are shown.</summary>
    public IReadOnlyDictionary<string, string> TagFilter { get; init; } = ImmutableDictionary<string, string>.Empty;
}
