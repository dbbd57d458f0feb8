using System.Text;
using Chunnel.Core;
using Chunnel.Engine;
using Chunnel.Plugins;

namespace Chunnel.Cli.Planning;

/// <summary>A plan as a person reads it.</summary>
internal static class PlanText
{
    public static string Of(JobPlan plan, JobLineage lineage)
    {
        var text = new StringBuilder();
        text.Append($"Job {plan.Control.Name}: {plan.Pipelines.Count} pipeline(s), {plan.Slots} slots\n");
        foreach (var pipeline in plan.Pipelines)
        {
            text.Append($"\nPipeline {pipeline.Id}, parallelism {pipeline.Parallelism}\n");
            text.Append($"  guarantee: {pipeline.Guarantee.Level.InWords()}. {pipeline.Guarantee.Reason}\n");
            text.Append("  task groups:\n");
            foreach (var group in PlanWords.GroupsOf(plan, pipeline)) text.Append($"    {group.Count} x {group.Name}\n");
            text.Append("  steps:\n");
            Step(text, "    ", pipeline.SourceVertex, pipeline.Source.Tables);
            foreach (var step in pipeline.Head) Step(text, "      ", step.ActionName, step.Tables);
            foreach (var sink in pipeline.Sinks)
            {
                var indent = new string(' ', 6 + 2 * pipeline.Head.Count);
                foreach (var step in sink.Transforms) Step(text, indent, step.ActionName, step.Tables);
                Step(text, indent, sink.Vertex, [.. sink.Sinks.Values.Select(one => one.Table)]);
            }
            RefusedRowsPlan.Append(text, plan, pipeline);
            LineageText.Append(text, pipeline, lineage);
            QueryText.Append(text, pipeline, lineage);
        }
        return plan.Secrets.Hide(text.ToString());
    }

    internal static void Step(StringBuilder text, string indent, string name, IReadOnlyList<TableSchema> tables)
    {
        text.Append(indent).Append("-> ").Append(name).Append('\n');
        foreach (var table in tables) text.Append(indent).Append("     ").Append(table).Append('\n');
    }
}

/// <summary>Words that the text and the JSON form share.</summary>
internal static class PlanWords
{
    /// <summary>The queries that a pipeline runs, each with the transform and the table that it is over.</summary>
    public static IEnumerable<(string Step, TableLineage Table, QueryPlan Query)> QueriesOf(PipelinePlan pipeline, JobLineage lineage) =>
        pipeline.Head.Concat(pipeline.Sinks.SelectMany(sink => sink.Transforms)).Distinct()
            .SelectMany(step => lineage.Of(step).Tables, (step, table) => (step.ActionName, Table: table))
            .Where(pair => pair.Table.Query is not null)
            .Select(pair => (pair.ActionName, pair.Table, pair.Table.Query!));

    public static string Of(OriginKind kind) => kind.ToString().ToLowerInvariant();

    public static string Of(UseWay way) => way.ToString().ToLowerInvariant();

    public static IEnumerable<(string Name, int Count)> GroupsOf(JobPlan plan, PipelinePlan pipeline) =>
        plan.Control.Pipelines.First(planned => planned.Id == pipeline.Id).TaskGroups.GroupBy(group => group.Name).Select(group => (group.Key, group.Count()));
}
