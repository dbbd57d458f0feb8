using Chunnel.Engine;
using Microsoft.Extensions.Logging;

namespace Chunnel.Rest;

/// <summary>What the faces of REST stand on.</summary>
public sealed record RestParts
{
    public required JobQuestions Questions { get; init; }

    public required JobOrders Orders { get; init; }

    public required ConfigQuestions Configs { get; init; }

    /// <summary>How v2 is reached, and what a request to either face may ask of the node.</summary>
    public required HttpSettings Http { get; init; }

    /// <summary>The node's log.</summary>
    public required ILogger Log { get; init; }

    /// <summary>Where the node and its jobs write their logs.</summary>
    public required string LogsFolder { get; init; }

    /// <summary>What the node's loggers say.</summary>
    public required LogLevels Levels { get; init; }

    /// <summary>Which node this is.</summary>
    public required NodeIdentity Node { get; init; }

    /// <summary>Looks at the process and the machine.</summary>
    public required NodeMonitor Monitor { get; init; }

    /// <summary>The instruments that Prometheus may read; null where the settings leave telemetry off.</summary>
    public EngineMeter? Telemetry { get; init; }

    /// <summary>How old what is kept is.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>The zone of the times in answers.</summary>
    public required TimeZoneInfo Zone { get; init; }

    /// <summary>Which of two names or types is sent where both cannot be.</summary>
    public WireChoices Wire { get; init; } = new();

    internal OpenPorts Ports { get; } = new();

    internal ConnectionCount V1Connections { get; } = new();

    internal ConnectionCount V2Connections { get; } = new();
}
