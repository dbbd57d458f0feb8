using Microsoft.Extensions.Logging;

namespace Chunnel.Rest;

/// <summary>What the faces of REST stand on.</summary>
public sealed record RestParts
{
    public required JobQuestions Questions { get; init; }

    public required JobOrders Orders { get; init; }

    /// <summary>The node's log.</summary>
    public required ILogger Log { get; init; }

    /// <summary>Where the node and its jobs write their logs.</summary>
    public required string LogsFolder { get; init; }

    /// <summary>The zone of the times in answers.</summary>
    public required TimeZoneInfo Zone { get; init; }

    /// <summary>Which of two names or types is sent where both cannot be.</summary>
    public WireChoices Wire { get; init; } = new();
}
