namespace Chunnel.Engine;

/// <summary>A thread of this process as the system sees it: .NET cannot look at its own threads from within.</summary>
/// <param name="Id">The system's number.</param>
/// <param name="Name">As set by whoever made it, at most 15 letters on Linux; never empty.</param>
/// <param name="State">What it does.</param>
/// <param name="WaitsIn">The place in the system where it waits, e.g. <c>futex_wait_queue</c>; empty when it runs or nobody tells.</param>
public sealed record OsThread(int Id, string Name, OsThreadState State, string WaitsIn);

public enum OsThreadState
{
    /// <summary>Runs, could run, or waits for a disk.</summary>
    Runnable,

    Waiting,
    Terminated,
}
