namespace Chunnel.Engine;

/// <summary>A vertex of the plan as REST reports it (spec engine.md 2.3); a chain of transforms is one.</summary>
/// <param name="Id">From 1 over the whole job; chains are numbered after all others.</param>
/// <param name="Type"><c>source</c>, <c>transform</c> or <c>sink</c>.</param>
/// <param name="Name">With its pipeline: <c>pipeline-1 [Source[0]-FakeSource]</c>.</param>
/// <param name="TablePaths">The tables of a source or sink; empty for transforms.</param>
public sealed record DagVertex(long Id, string Type, string Name, IReadOnlyList<string> TablePaths)
{
    /// <summary>The name without its pipeline: <c>Source[0]-FakeSource</c>.</summary>
    public string Action => Name[(Name.IndexOf('[', StringComparison.Ordinal) + 1)..^1];
}

public sealed record DagEdge(long Input, long Target);
