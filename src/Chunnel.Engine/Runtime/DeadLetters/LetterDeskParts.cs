using Chunnel.Core;
using Microsoft.Extensions.Logging;

namespace Chunnel.Engine;

/// <summary>What a desk is made of.</summary>
internal sealed record LetterDeskParts
{
    public required long JobId { get; init; }

    public required int Subtask { get; init; }

    public required BatchMemory Memory { get; init; }

    public required TimeProvider Clock { get; init; }

    public required RefusedMeters Counts { get; init; }

    /// <summary>Counts what is left out of the loop.</summary>
    public required Meter LeftOut { get; init; }

    /// <summary>Counts what the loop reads, where it does.</summary>
    public Meter? Read { get; init; }

    public required RefusalLimits Limits { get; init; }

    /// <summary>Takes the letters; null where no step sets rows aside.</summary>
    public LetterBox? Box { get; init; }

    /// <summary>The loop's number at the box.</summary>
    public required int Loop { get; init; }

    /// <summary>The text without the job's secrets.</summary>
    public required Func<string, string> Hide { get; init; }

    /// <summary>The job's log, which hears of the first rows.</summary>
    public required ILogger Log { get; init; }
}
