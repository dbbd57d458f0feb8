namespace Chunnel.Control;

/// <summary>
/// How long each kind of waiting may last. No state waits without an end; what happens at the end is a failure that
/// says what was waited for, or, where a group was told to stop, that it is waited for no longer.
/// </summary>
public sealed record JobDeadlines
{
    /// <summary>All save modes of a job: they may empty large tables.</summary>
    public TimeSpan SaveModes { get; init; } = TimeSpan.FromHours(1);

    /// <summary>From one word of the slot queue to the next. A queue that lets a job wait says so more often than this.</summary>
    public TimeSpan SlotAnswer { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>From the order to the node's confirmation.</summary>
    public TimeSpan Deploy { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Opening connections, restoring state, listing what is to be read.</summary>
    public TimeSpan Open { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a running group may say nothing before its node is asked.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long the node may think about that.</summary>
    public TimeSpan Answer { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>A job that a person cancelled, or that fails for good: a cancel is over within 5 s (L2), with a second for messages.</summary>
    public TimeSpan Stop { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>A group whose pipeline will run again: there is more patience, so that the old attempt is gone before the new one writes.</summary>
    public TimeSpan StopBeforeRestore { get; init; } = TimeSpan.FromSeconds(30);
}
