using System.Globalization;
using System.Text;
using System.Text.Json;
using Chunnel.Core;
using Chunnel.Engine;

namespace Chunnel.Cli.Planning;

/// <summary>What a plan says of refused rows: only of pipelines that do not simply fail with the first one.</summary>
internal static class RefusedRowsPlan
{
    public static void Append(StringBuilder text, JobPlan plan, PipelinePlan pipeline)
    {
        if (AllFail(pipeline)) return;
        text.Append("  refused rows:\n");
        foreach (var (step, policy) in PoliciesOf(pipeline)) text.Append($"    {step}: {EnumNames.Of(policy)}\n");
        if (LimitsOf(plan) is { } limits) text.Append($"    at most {limits}\n");
        if (pipeline.DeadLetters is { } letters) PlanText.Step(text, "    ", letters.Vertex, [DeadLetterTable.Schema]);
    }

    public static void Write(Utf8JsonWriter json, JobPlan plan, PipelinePlan pipeline)
    {
        if (AllFail(pipeline)) return;
        var options = plan.Definition.Env.DeadLetters;
        json.WriteStartObject("refusedRows");
        json.WriteStartObject("policies");
        foreach (var (step, policy) in PoliciesOf(pipeline)) json.WriteString(step, EnumNames.Of(policy));
        json.WriteEndObject();
        if (options.MaxRows is { } rows) json.WriteNumber("maxRows", rows);
        if (options.MaxPercent is { } percent)
        {
            json.WriteNumber("maxPercent", percent);
            json.WriteNumber("minRows", options.MinRows);
        }
        json.WriteEndObject();
    }

    private static bool AllFail(PipelinePlan pipeline) => PoliciesOf(pipeline).All(step => step.Policy == RefusedRows.Fail);

    private static IEnumerable<(string Step, RefusedRows Policy)> PoliciesOf(PipelinePlan pipeline) =>
    [
        (pipeline.SourceVertex, pipeline.SourceRefused),
        .. pipeline.Head.Concat(pipeline.Sinks.SelectMany(sink => sink.Transforms)).Distinct().Select(step => (step.ActionName, step.Refused)),
        .. pipeline.Sinks.Select(sink => (sink.Vertex, sink.Refused)),
    ];

    /// <summary>The limits in words; null when there are none.</summary>
    private static string? LimitsOf(JobPlan plan)
    {
        var letters = plan.Definition.Env.DeadLetters;
        var rows = letters.MaxRows is { } most ? string.Create(CultureInfo.InvariantCulture, $"{most} rows") : null;
        var percent = letters.MaxPercent is { } share ? string.Create(CultureInfo.InvariantCulture, $"{share:0.###} % of the rows, judged from {letters.MinRows} on and at the end") : null;
        return rows is null && percent is null ? null : string.Join(", and ", new[] { rows, percent }.OfType<string>());
    }
}
