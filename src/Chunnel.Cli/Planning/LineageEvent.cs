using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Chunnel.Config;
using Chunnel.Core;
using Chunnel.Engine;
using Chunnel.Plugins;

namespace Chunnel.Cli.Planning;

/// <summary>
/// A plan as an event of OpenLineage 2-0-2 about a job that has not run (JobEvent): the data sets with their schemas, and for each one written
/// which columns each of its columns is made of and which decide about its rows (ColumnLineageDatasetFacet 1-2-0).
/// </summary>
internal static class LineageEvent
{
    private const string Spec = "https://openlineage.io/spec";

    private static readonly JsonWriterOptions _options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly string _producer = $"urn:chunnel:{typeof(LineageEvent).Assembly.GetName().Version?.ToString(3)}";

    public static string Of(JobPlan plan, JobLineage lineage, string jobNamespace, DateTimeOffset now)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, _options))
        {
            json.WriteStartObject();
            json.WriteString("eventTime", now.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
            json.WriteString("producer", _producer);
            json.WriteString("schemaURL", $"{Spec}/2-0-2/OpenLineage.json#/$defs/JobEvent");
            WriteJob(json, plan, jobNamespace);
            WriteInputs(json, plan);
            WriteOutputs(json, plan, lineage);
            json.WriteEndObject();
        }
        return plan.Secrets.Hide(Encoding.UTF8.GetString(bytes.ToArray())) + "\n";
    }

    private static void WriteJob(Utf8JsonWriter json, JobPlan plan, string jobNamespace)
    {
        json.WriteStartObject("job");
        json.WriteString("namespace", jobNamespace);
        json.WriteString("name", plan.Control.Name);
        json.WriteStartObject("facets");
        BeginFacet(json, "jobType", "2-0-3/JobTypeJobFacet");
        json.WriteString("processingType", plan.Definition.Env.Mode == JobMode.Batch ? "BATCH" : "STREAMING");
        json.WriteString("integration", "CHUNNEL");
        json.WriteString("jobType", "JOB");
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteInputs(Utf8JsonWriter json, JobPlan plan)
    {
        json.WriteStartArray("inputs");
        foreach (var (name, table) in plan.Pipelines.SelectMany(pipeline => pipeline.Source.Tables, (pipeline, table) => (Name: Datasets.Of(plan, pipeline, table), table)).DistinctBy(pair => pair.Name))
        {
            BeginDataset(json, name);
            WriteSchema(json, table);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteOutputs(Utf8JsonWriter json, JobPlan plan, JobLineage lineage)
    {
        json.WriteStartArray("outputs");
        // Where several ways end in one data set, it has the columns of the first and comes from all of them.
        foreach (var ways in lineage.Sinks.GroupBy(way => Datasets.Of(plan, way)))
        {
            BeginDataset(json, ways.Key);
            WriteSchema(json, ways.First().Table);
            BeginFacet(json, "columnLineage", "1-2-0/ColumnLineageDatasetFacet");
            json.WriteStartObject("fields");
            foreach (var column in ways.SelectMany(way => way.Columns, (way, column) => (way, column)).GroupBy(pair => pair.column.Column.Name))
            {
                if (column.Any(pair => !pair.column.IsWhole)) continue;
                json.WriteStartObject(column.Key);
                json.WriteStartArray("inputFields");
                WriteUses(json, plan, column.SelectMany(pair => pair.column.Roots, (pair, root) => (pair.way.Pipeline, root, root.Way == UseWay.Identity ? null : HowOf(pair.column))));
                json.WriteEndArray();
                json.WriteEndObject();
            }
            json.WriteEndObject();
            json.WriteStartArray("dataset");
            WriteUses(json, plan, ways.SelectMany(way => way.Filters.SelectMany(filter => filter.Roots, (filter, root) => (way.Pipeline, root, (string?)filter.Condition))));
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static string? HowOf(ColumnTrace column) => column.Hops.LastOrDefault(hop => hop.Expression is not null)?.Expression;

    /// <summary>Each column once, with all the ways in which it is used.</summary>
    private static void WriteUses(Utf8JsonWriter json, JobPlan plan, IEnumerable<(PipelinePlan Pipeline, RootUse Root, string? How)> uses)
    {
        foreach (var field in uses.GroupBy(use => (Name: Datasets.Of(plan, use.Pipeline, use.Pipeline.Source.Tables.First(table => table.TableId == use.Root.Table)), use.Root.Column)))
        {
            json.WriteStartObject();
            json.WriteString("namespace", field.Key.Name.Namespace);
            json.WriteString("name", field.Key.Name.Name);
            json.WriteString("field", field.Key.Column);
            json.WriteStartArray("transformations");
            foreach (var (way, hidden, how) in field.Select(use => (use.Root.Way, use.Root.Hidden, use.How)).Distinct())
            {
                json.WriteStartObject();
                json.WriteString("type", way is UseWay.Identity or UseWay.Transformation ? "DIRECT" : "INDIRECT");
                json.WriteString("subtype", way == UseWay.Condition ? "CONDITIONAL" : way.ToString().ToUpperInvariant());
                if (how is not null) json.WriteString("description", how);
                json.WriteBoolean("masking", hidden);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
    }

    /// <summary>Leaves two objects open: the data set and its facets.</summary>
    private static void BeginDataset(Utf8JsonWriter json, DatasetName name)
    {
        json.WriteStartObject();
        json.WriteString("namespace", name.Namespace);
        json.WriteString("name", name.Name);
        json.WriteStartObject("facets");
    }

    private static void BeginFacet(Utf8JsonWriter json, string key, string schema)
    {
        json.WriteStartObject(key);
        json.WriteString("_producer", _producer);
        json.WriteString("_schemaURL", $"{Spec}/facets/{schema}.json#/$defs/{schema.Split('/')[1]}");
    }

    private static void WriteSchema(Utf8JsonWriter json, TableSchema table)
    {
        BeginFacet(json, "schema", "1-1-1/SchemaDatasetFacet");
        json.WriteStartArray("fields");
        foreach (var column in table.Columns)
        {
            json.WriteStartObject();
            json.WriteString("name", column.Name);
            json.WriteString("type", column.Type.ToString());
            if (!string.IsNullOrEmpty(column.Comment)) json.WriteString("description", column.Comment);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Names of data sets: a plug-in's own, else the table under the plug-in's name.</summary>
    private static class Datasets
    {
        public static DatasetName Of(JobPlan plan, PipelinePlan pipeline, TableSchema table) =>
            pipeline.Source.DatasetOf(table) ?? new DatasetName(PluginOf(plan.Definition.Sources, pipeline.SourceVertex), table.TableId);

        public static DatasetName Of(JobPlan plan, SinkLineage way) =>
            way.Sink.Sinks[way.Table.TableId].Dataset ?? new DatasetName(PluginOf(plan.Definition.Sinks, way.Sink.Vertex), way.Table.TableId);

        private static string PluginOf(IEnumerable<PluginBlock> blocks, string vertex) =>
            blocks.First(block => vertex.Contains($"[{block.ActionName}", StringComparison.Ordinal)).PluginName;
    }
}
