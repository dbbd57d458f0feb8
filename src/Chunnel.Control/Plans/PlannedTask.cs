namespace Chunnel.Control;

/// <summary>One loop inside a task group. <paramref name="Index"/> counts from 0 within its group.</summary>
public sealed record PlannedTask(int Index, TaskKind Kind);
