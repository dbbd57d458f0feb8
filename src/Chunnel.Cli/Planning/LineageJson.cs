using System.Text.Json;
using Chunnel.Engine;

namespace Chunnel.Cli.Planning;

/// <summary>Where the columns of each sink come from, for programs.</summary>
internal static class LineageJson
{
    public static void Write(Utf8JsonWriter json, PipelinePlan pipeline, JobLineage lineage)
    {
        json.WriteStartArray("lineage");
        foreach (var sink in lineage.Sinks.Where(sink => sink.Pipeline == pipeline))
        {
            json.WriteStartObject();
            json.WriteString("sink", sink.Sink.Vertex);
            json.WriteString("table", sink.Table.TableId);
            json.WriteStartArray("columns");
            foreach (var column in sink.Columns) Write(json, column);
            json.WriteEndArray();
            json.WriteStartArray("filters");
            foreach (var filter in sink.Filters)
            {
                json.WriteStartObject();
                json.WriteString("step", filter.Step);
                json.WriteString("condition", filter.Condition);
                Write(json, filter.Roots);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, ColumnTrace column)
    {
        json.WriteStartObject();
        json.WriteString("name", column.Column.Name);
        json.WriteString("type", column.Column.Type.ToString());
        json.WriteString("origin", PlanWords.Of(column.Kind));
        Write(json, column.Roots);
        json.WriteStartArray("hops");
        foreach (var hop in column.Hops)
        {
            json.WriteStartObject();
            json.WriteString("step", hop.Step);
            json.WriteString("column", hop.Column);
            json.WriteString("origin", PlanWords.Of(hop.Kind));
            if (hop.Expression is { } expression) json.WriteString("expression", expression);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, IReadOnlyList<RootUse> roots)
    {
        json.WriteStartArray("inputs");
        foreach (var root in roots)
        {
            json.WriteStartObject();
            json.WriteString("table", root.Table);
            json.WriteString("column", root.Column);
            json.WriteString("way", PlanWords.Of(root.Way));
            json.WriteBoolean("hidden", root.Hidden);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
