using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Chunnel.Core;
using Chunnel.Engine;

namespace Chunnel.Cli.Planning;

/// <summary>A plan for programs.</summary>
internal static class PlanJson
{
    private static readonly JsonWriterOptions _options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(JobPlan plan, JobLineage lineage)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, _options))
        {
            json.WriteStartObject();
            json.WriteString("name", plan.Control.Name);
            json.WriteNumber("slots", plan.Slots);
            json.WriteStartArray("pipelines");
            foreach (var pipeline in plan.Pipelines) WritePipeline(json, plan, pipeline, lineage);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return plan.Secrets.Hide(Encoding.UTF8.GetString(bytes.ToArray())) + "\n";
    }

    private static void WritePipeline(Utf8JsonWriter json, JobPlan plan, PipelinePlan pipeline, JobLineage lineage)
    {
        json.WriteStartObject();
        json.WriteNumber("id", pipeline.Id);
        json.WriteNumber("parallelism", pipeline.Parallelism);
        json.WriteStartObject("guarantee");
        json.WriteString("level", pipeline.Guarantee.Level.InWords());
        json.WriteString("reason", pipeline.Guarantee.Reason);
        json.WriteEndObject();
        json.WriteStartArray("taskGroups");
        foreach (var (name, count) in PlanWords.GroupsOf(plan, pipeline))
        {
            json.WriteStartObject();
            json.WriteString("name", name);
            json.WriteNumber("count", count);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("vertices");
        foreach (var vertex in pipeline.Vertices)
        {
            json.WriteStartObject();
            json.WriteNumber("id", vertex.Id);
            json.WriteString("type", vertex.Type);
            json.WriteString("name", vertex.Name);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("edges");
        foreach (var edge in pipeline.Edges)
        {
            json.WriteStartObject();
            json.WriteNumber("from", edge.Input);
            json.WriteNumber("to", edge.Target);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("steps");
        WriteStep(json, pipeline.SourceVertex, pipeline.Source.Tables);
        foreach (var step in pipeline.Head.Concat(pipeline.Sinks.SelectMany(sink => sink.Transforms)).Distinct()) WriteStep(json, step.ActionName, step.Tables);
        foreach (var sink in pipeline.Sinks) WriteStep(json, sink.Vertex, [.. sink.Sinks.Values.Select(one => one.Table)]);
        if (pipeline.DeadLetters is { } letters) WriteStep(json, letters.Vertex, [DeadLetterTable.Schema]);
        json.WriteEndArray();
        LineageJson.Write(json, pipeline, lineage);
        QueryJson.Write(json, pipeline, lineage);
        RefusedRowsPlan.Write(json, plan, pipeline);
        json.WriteEndObject();
    }

    private static void WriteStep(Utf8JsonWriter json, string name, IReadOnlyList<TableSchema> tables)
    {
        json.WriteStartObject();
        json.WriteString("step", name);
        json.WriteStartArray("tables");
        foreach (var table in tables)
        {
            json.WriteStartObject();
            json.WriteString("table", table.TableId);
            json.WriteStartArray("columns");
            foreach (var column in table.Columns)
            {
                json.WriteStartObject();
                json.WriteString("name", column.Name);
                json.WriteString("type", column.Type.ToString());
                json.WriteBoolean("nullable", column.Nullable);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
