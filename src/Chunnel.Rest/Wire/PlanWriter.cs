using System.Text.Json;
using Chunnel.Engine;

namespace Chunnel.Rest;

/// <summary>Writes the graph as the first document of REST shows it: by names, without pipelines (spec rest-api.md 13).</summary>
internal static class PlanWriter
{
    public static void Write(Utf8JsonWriter json, JobView job)
    {
        json.WriteStartArray(WireNames.Vertices);
        foreach (var pipeline in job.Pipelines)
        {
            foreach (var vertex in pipeline.Vertices) WriteVertex(json, vertex, pipeline.Parallelism);
        }
        json.WriteEndArray();
        json.WriteStartArray(WireNames.Edges);
        foreach (var pipeline in job.Pipelines)
        {
            foreach (var edge in pipeline.Edges) WriteEdge(json, pipeline, edge);
        }
        json.WriteEndArray();
    }

    private static void WriteVertex(Utf8JsonWriter json, DagVertex vertex, int parallelism)
    {
        json.WriteStartObject();
        json.WriteNumber(WireNames.PlanVertexId, vertex.Id);
        json.WriteString(WireNames.PlanVertexName, $"{vertex.Action}(id={WireTypes.Id(vertex.Id)})");
        json.WriteNumber(WireNames.Parallelism, parallelism);
        json.WriteEndObject();
    }

    private static void WriteEdge(Utf8JsonWriter json, PipelineView pipeline, DagEdge edge)
    {
        json.WriteStartObject();
        json.WriteString(WireNames.InputVertex, ActionOf(edge.Input));
        json.WriteString(WireNames.TargetVertex, ActionOf(edge.Target));
        json.WriteEndObject();

        string ActionOf(long id) => pipeline.Vertices.First(vertex => vertex.Id == id).Action;
    }
}
