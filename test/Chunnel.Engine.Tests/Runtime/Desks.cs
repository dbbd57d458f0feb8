using Chunnel.Config.DeadLetters;
using Chunnel.Core;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chunnel.Engine.Tests;

/// <summary>Desks for loops that are tested by themselves.</summary>
internal static class Desks
{
    /// <summary>One at which no row is refused.</summary>
    public static LetterDesk Silent(BatchMemory memory) => new(new LetterDeskParts
    {
        JobId = 1,
        Subtask = 0,
        Memory = memory,
        Clock = TimeProvider.System,
        Counts = new RefusedMeters(TimeProvider.System),
        LeftOut = new Meter(TimeProvider.System),
        Limits = new RefusalLimits(DeadLetterOptions.None, new JobMetrics(TimeProvider.System), 1),
        Loop = 0,
        Hide = text => text,
        Log = NullLogger.Instance,
    });
}
