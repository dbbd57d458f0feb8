namespace Chunnel.Engine;

/// <summary>How much of a job is looked at.</summary>
public sealed record PreviewSettings
{
    /// <summary>Rows of each table of a source.</summary>
    public int Rows { get; init; } = 10;

    /// <summary>How long a source may take to give them.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long it may take to stop after that.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(5);
}
