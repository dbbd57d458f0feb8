namespace Chunnel.Control;

/// <summary>When waiting ends, and what was waited for.</summary>
public readonly record struct Deadline(Instant At, DeadlineKind Kind)
{
    public bool HasPassed(Instant now) => now >= At;
}
