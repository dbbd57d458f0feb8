namespace Chunnel.Control;

/// <summary>What one task acknowledged.</summary>
/// <param name="Task">Whose state it is.</param>
/// <param name="Reference">Where the shell keeps that state, in its own words; null where a task has none.</param>
/// <param name="StateBytes">How large the state is.</param>
public sealed record CheckpointPart(TaskLocation Task, string? Reference, long StateBytes);
