namespace Chunnel.Control;

/// <summary>What a state waits for. Only <see cref="RestoreWait"/> and <see cref="Silence"/> are no failure when they pass.</summary>
public enum DeadlineKind
{
    /// <summary>The save modes of the sinks to be done, or to have stopped.</summary>
    SaveModes,

    /// <summary>A word from the slot queue.</summary>
    SlotAnswer,

    /// <summary><c>job.retry.interval.seconds</c> to be over.</summary>
    RestoreWait,

    /// <summary>A node to take a task group.</summary>
    Deploy,

    /// <summary>The tasks of a group to open and restore themselves.</summary>
    Open,

    /// <summary>A running group's next sign of life; when it passes, the node is asked.</summary>
    Silence,

    /// <summary>The node's answer to that question.</summary>
    Answer,

    /// <summary>A group to stop after it was told to.</summary>
    Stop,
}
