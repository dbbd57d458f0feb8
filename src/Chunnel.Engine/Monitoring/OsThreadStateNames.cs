namespace Chunnel.Engine;

/// <summary>How Java, and so SeaTunnel, spells what a thread does.</summary>
public static class OsThreadStateNames
{
    /// <summary>All there are; this system tells some of them apart.</summary>
    public static readonly IReadOnlyList<string> All = ["NEW", "TERMINATED", "RUNNABLE", "BLOCKED", "WAITING", "TIMED_WAITING", "UNKNOWN"];

    extension(OsThreadState state)
    {
        public string Name => state switch
        {
            OsThreadState.Runnable => "RUNNABLE",
            OsThreadState.Waiting => "WAITING",
            _ => "TERMINATED",
        };
    }
}
