namespace Chunnel.Control;

/// <summary>One task group of a waiting job.</summary>
/// <param name="Location">Which.</param>
/// <param name="FullName">As the log names it.</param>
/// <param name="Lack">Why it has no slot; null where one was there for it at the last look.</param>
public sealed record PendingTaskGroup(TaskGroupLocation Location, string FullName, Lack? Lack);
