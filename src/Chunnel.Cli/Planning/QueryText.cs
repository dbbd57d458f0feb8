using System.Text;
using Chunnel.Engine;
using Chunnel.Plugins;

namespace Chunnel.Cli.Planning;

/// <summary>Queries as they run: registers, operations and their types, with what was written beside them.</summary>
internal static class QueryText
{
    public static void Append(StringBuilder text, PipelinePlan pipeline, JobLineage lineage)
    {
        // Tables of one kind have queries of one kind.
        var queries = PlanWords.QueriesOf(pipeline, lineage).GroupBy(query => (query.Step, Text: TextOf(query.Query))).ToList();
        if (queries.Count > 0) text.Append("  queries:\n");
        foreach (var query in queries) text.Append($"    {query.Key.Step} over {string.Join(", ", query.Select(one => one.Table.Input))}\n{query.Key.Text}");
    }

    private static string TextOf(QueryPlan query)
    {
        var text = new StringBuilder();
        text.Append($"      reads {query.Inputs.Count} of {query.ColumnsOfTable} columns: {string.Join(", ", query.Inputs.Select(input => $"{input.Register} {input.Column} {input.Type}"))}\n");
        var width = query.Steps.Count == 0 ? 0 : query.Steps.Max(one => CallOf(one).Length);
        foreach (var one in query.Steps.Where(one => one.Filters)) Append(text, one, width);
        if (query.Keeps is { } keeps) text.Append($"      keeps rows where {keeps}: marks them, and takes them out when less than a quarter is left\n");
        foreach (var one in query.Steps.Where(one => !one.Filters)) Append(text, one, width);
        text.Append($"      gives {string.Join(", ", query.Outputs.Select(output => $"{output.Column} {output.Type} = {(output.Exploded ? $"each of {output.From}" : output.From)}"))}\n");
        return text.ToString();
    }

    private static void Append(StringBuilder text, QueryStep step, int width) => text.Append($"      {CallOf(step).PadRight(width)}  -- {step.Expression}\n");

    private static string CallOf(QueryStep step) =>
        $"{step.Register} {step.Type} = {step.Operation}({string.Join(", ", step.Operands)}){(step.Guard is { } guard ? $" where {guard}" : "")}";
}
