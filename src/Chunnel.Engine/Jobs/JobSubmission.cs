using Chunnel.Config;
using Chunnel.Plugins;

namespace Chunnel.Engine;

/// <summary>An order to run a job.</summary>
public sealed record JobSubmission
{
    public required JobDefinition Definition { get; init; }

    /// <summary>A name given from outside; it wins over env's unless it is one of the defaults.</summary>
    public string? Name { get; init; }

    /// <summary>An id chosen by the client; one is made when absent.</summary>
    public long? JobId { get; init; }

    /// <summary>True when the job goes on from a savepoint: save modes are not run then.</summary>
    public bool StartsFromSavepoint { get; init; }

    /// <summary>What takes the places of the job's sources and sinks. Such a job does not go on in another process.</summary>
    public StandIns StandIns { get; init; } = StandIns.None;

    /// <summary>Where sinks that print write their lines; the job's log when absent.</summary>
    public Action<string>? Print { get; init; }

    /// <summary>Takes whole lines of UTF-8 from sinks that print, instead of <see cref="Print"/>.</summary>
    public PrintLines? PrintLines { get; init; }
}
