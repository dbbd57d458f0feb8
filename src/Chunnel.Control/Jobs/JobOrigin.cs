using System.Collections.Immutable;

namespace Chunnel.Control;

/// <summary>What an earlier life under the same id left behind (engine.md 6.10).</summary>
public sealed record JobOrigin
{
    public static readonly JobOrigin Fresh = new();

    /// <summary>
    /// <see cref="JobState.LastAttempt"/> of that life: attempts go on counting, so that its late reports are not taken
    /// for those of the new life.
    /// </summary>
    public int AttemptsBefore { get; init; }

    /// <summary><see cref="JobState.SlotRequests"/> of that life: they go on counting too, so that its late answers are not taken for new ones.</summary>
    public long SlotRequestsBefore { get; init; }

    /// <summary>By pipeline id: what it starts from. A pipeline without one starts fresh.</summary>
    public ImmutableDictionary<int, CompletedCheckpoint> Checkpoints { get; init; } = ImmutableDictionary<int, CompletedCheckpoint>.Empty;
}
