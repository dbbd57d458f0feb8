namespace Chunnel.Control;

/// <summary>A line whose words users and tools know.</summary>
public sealed record LogLine(string Text, bool IsWarning = false);
