namespace Chunnel.Control;

/// <summary>How a pipeline ended, as the log says.</summary>
public sealed record LoggedPipelineEnd(PipelineStatus Status, string? ErrorText);
