namespace Chunnel.Control;

/// <summary>A change of a table's schema between the two checkpoints that enclose it (engine.md 6.8).</summary>
/// <param name="Reader">Which reader came to it.</param>
/// <param name="HasPassed">The reader has handed it on.</param>
/// <param name="PassBy">When it must have.</param>
public sealed record ChangeUnderWay(TaskLocation Reader, bool HasPassed, Instant PassBy);
