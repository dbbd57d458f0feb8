namespace Chunnel.Control.Tests.Simulation;

/// <summary>A node that runs task groups and keeps the fences of cluster.md 4.6.</summary>
internal sealed class SimWorker(string address)
{
    public string Address { get; } = address;

    public bool IsUp { get; set; } = true;

    /// <summary>Changes with every start of the process, so that messages to the one before it are lost.</summary>
    public int Incarnation { get; set; }

    /// <summary>The process that the slots know of.</summary>
    public int Registered { get; set; }

    /// <summary>The newest attempt of each group here.</summary>
    public Dictionary<TaskGroupLocation, SimGroup> Groups { get; } = [];

    /// <summary>Up to which attempt each group was cancelled: a deployment that arrives later is refused.</summary>
    public Dictionary<TaskGroupLocation, int> CancelledUpTo { get; } = [];
}
