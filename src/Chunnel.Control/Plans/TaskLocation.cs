namespace Chunnel.Control;

/// <summary>Which task: its group, and its index there from 0.</summary>
public readonly record struct TaskLocation(TaskGroupLocation Group, int Task);
