using System.Text.Json.Serialization;

namespace Chunnel.Client;

/// <summary>What a job is made of (spec rest-api.md 4.3).</summary>
public sealed record JobDag
{
    /// <summary>Edges by pipeline.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<JobEdge>> PipelineEdges { get; set; } = new Dictionary<string, IReadOnlyList<JobEdge>>();

    [JsonPropertyName("vertexInfoMap")]
    public IReadOnlyList<JobVertex> Vertices { get; set; } = [];
}

/// <summary>Rows flow along it.</summary>
public sealed record JobEdge(int InputVertexId, int TargetVertexId);

/// <summary>A source, a chain of transforms or a sink.</summary>
/// <param name="VertexId">Unique in the job.</param>
/// <param name="Type"><c>source</c>, <c>transform</c> or <c>sink</c>.</param>
/// <param name="VertexName"><c>pipeline-1 [Source[0]-FakeSource]</c></param>
/// <param name="TablePaths">What a source reads or a sink writes.</param>
public sealed record JobVertex(int VertexId, string Type, string VertexName, IReadOnlyList<string> TablePaths);
