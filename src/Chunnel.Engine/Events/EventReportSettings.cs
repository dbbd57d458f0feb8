namespace Chunnel.Engine;

/// <summary>Where the events of jobs are sent (spec engine.md 11.4).</summary>
public sealed record EventReportSettings
{
    /// <summary>Takes the events by POST.</summary>
    public required Uri Url { get; init; }

    /// <summary>Sent along each time; their values may be secret.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>Every state of a job is told; else only the one that it ends in.</summary>
    public bool TellsEveryState { get; init; }

    /// <summary>From one sending to the next.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(10);
}
