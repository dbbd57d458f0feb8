namespace Chunnel.Control;

/// <summary>What a task group's node has to do.</summary>
internal enum TaskGroupOrder
{
    Deploy,
    Start,
    Cancel,

    /// <summary>Wait for it no longer: what it still says is ignored.</summary>
    Abandon,

    /// <summary>Say how it is.</summary>
    Ask,
}
