namespace Chunnel.Control;

/// <summary>What a node answers when it is asked about a task group that has not ended.</summary>
public enum TaskGroupSighting
{
    /// <summary>The node does not know this attempt.</summary>
    Unknown,

    /// <summary>Open and waiting to be started.</summary>
    Ready,

    /// <summary>Still opening, or moving rows, or closing.</summary>
    Alive,
}
