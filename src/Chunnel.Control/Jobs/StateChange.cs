namespace Chunnel.Control;

/// <summary>One step of a job, pipeline or task group.</summary>
/// <param name="FullName">As engine.md 2.4 names it.</param>
/// <param name="From">The old state as it is spelled outside.</param>
/// <param name="To">The new one.</param>
/// <param name="At">When.</param>
public sealed record StateChange(string FullName, string From, string To, Instant At)
{
    public override string ToString() => $"{FullName} turned from state {From} to {To}.";
}
