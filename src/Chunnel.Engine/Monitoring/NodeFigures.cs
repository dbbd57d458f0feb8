namespace Chunnel.Engine;

/// <summary>What a node's process and the machine below it are doing, at one moment.</summary>
public sealed record NodeFigures
{
    public required MachineFigures Machine { get; init; }

    public required ProcessFigures Process { get; init; }

    public required HeapFigures Heap { get; init; }

    public required ThreadPoolFigures Pool { get; init; }
}
