using System.Diagnostics;

namespace Chunnel.Control;

/// <summary>What becomes of a job that does not get its slots at once (engine.md 8.4).</summary>
public enum ScheduleStrategy
{
    /// <summary>It fails.</summary>
    Reject,

    /// <summary>It waits at its place in the queue.</summary>
    Wait,
}

/// <summary>How settings and REST spell it.</summary>
public static class ScheduleStrategyNames
{
    extension(ScheduleStrategy strategy)
    {
        public string Name => strategy switch
        {
            ScheduleStrategy.Reject => "REJECT",
            ScheduleStrategy.Wait => "WAIT",
            _ => throw new UnreachableException($"No name for {strategy}."),
        };
    }
}
