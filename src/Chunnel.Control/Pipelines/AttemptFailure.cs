namespace Chunnel.Control;

/// <summary>Why an attempt is lost: the first failure in it.</summary>
/// <param name="Failure">What went wrong.</param>
/// <param name="At">When the master learned of it.</param>
/// <param name="IsOfCheckpoint">The coordinator failed, not a task: SeaTunnel calls the pipeline CANCELING then.</param>
public sealed record AttemptFailure(Failure Failure, Instant At, bool IsOfCheckpoint = false);
