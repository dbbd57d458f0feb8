using Chunnel.Config;

namespace Chunnel.Engine;

/// <summary>The job's wiring as nodes that know their neighbours.</summary>
internal static class PlanGraph
{
    public static IReadOnlyList<GraphNode> Of(JobDefinition job)
    {
        var nodes = job.Graph.Vertices.Select(vertex => new GraphNode(vertex.Block)).ToList();
        foreach (var vertex in job.Graph.Vertices)
        {
            nodes[vertex.Id].Inputs.AddRange(vertex.Inputs.Select(id => nodes[id]));
            nodes[vertex.Id].Outputs.AddRange(vertex.Outputs.Select(id => nodes[id]));
        }
        return nodes;
    }
}
