using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Chunnel.Core;
using Chunnel.Engine;

namespace Chunnel.Cli.Preview;

/// <summary>The first rows for programs: whole values, each as JSON of its type.</summary>
internal static class PreviewJson
{
    private static readonly JsonWriterOptions _options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(IReadOnlyList<PipelinePreview> pipelines, string? step)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, _options))
        {
            json.WriteStartObject();
            json.WriteStartArray("pipelines");
            foreach (var pipeline in pipelines)
            {
                json.WriteStartObject();
                json.WriteNumber("id", pipeline.Id);
                json.WriteString("end", JsonNamingPolicy.CamelCase.ConvertName(pipeline.End.ToString()));
                if (pipeline.Fault is { } fault) json.WriteString("error", fault.ToString());
                json.WriteStartArray("steps");
                foreach (var one in PreviewSteps.Named(pipeline, step)) Write(json, one);
                json.WriteEndArray();
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(bytes.ToArray()) + "\n";
    }

    private static void Write(Utf8JsonWriter json, StepPreview step)
    {
        json.WriteStartObject();
        json.WriteString("step", step.Name);
        json.WriteBoolean("sink", step.IsSink);
        json.WriteStartArray("tables");
        foreach (var table in step.Tables)
        {
            json.WriteStartObject();
            json.WriteString("table", table.Schema.TableId);
            json.WriteStartArray("columns");
            foreach (var column in table.Schema.Columns)
            {
                json.WriteStartObject();
                json.WriteString("name", column.Name);
                json.WriteString("type", column.Type.ToString());
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteStartArray("rows");
            foreach (var row in table.Rows)
            {
                json.WriteStartObject();
                json.WriteString("kind", row.Kind.ToFullText());
                json.WritePropertyName("values");
                json.WriteRawValue($"[{string.Join(", ", row.Json)}]");
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("notes");
        foreach (var note in step.Notes) json.WriteStringValue(note);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
