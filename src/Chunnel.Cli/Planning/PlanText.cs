using System.Text;
using Chunnel.Core;
using Chunnel.Engine;
using Chunnel.Plugins;

namespace Chunnel.Cli.Planning;

/// <summary>A plan as a person reads it.</summary>
internal static class PlanText
{
    public static string Of(JobPlan plan)
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
        }
        return text.ToString();
    }

    private static void Step(StringBuilder text, string indent, string name, IReadOnlyList<TableSchema> tables)
    {
        text.Append(indent).Append("-> ").Append(name).Append('\n');
        foreach (var table in tables) text.Append(indent).Append("     ").Append(table).Append('\n');
    }
}

/// <summary>Words that the text and the JSON form share.</summary>
internal static class PlanWords
{
    public static IEnumerable<(string Name, int Count)> GroupsOf(JobPlan plan, PipelinePlan pipeline) =>
        plan.Control.Pipelines.First(planned => planned.Id == pipeline.Id).TaskGroups.GroupBy(group => group.Name).Select(group => (group.Key, group.Count()));
}
