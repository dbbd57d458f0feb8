using System.Text.Json;
using Chunnel.Core;
using Chunnel.Engine;
using Chunnel.Plugins;

namespace Chunnel.Cli.Planning;

/// <summary>Queries as they run, for programs.</summary>
internal static class QueryJson
{
    public static void Write(Utf8JsonWriter json, PipelinePlan pipeline, JobLineage lineage)
    {
        json.WriteStartArray("queries");
        foreach (var (step, table, query) in PlanWords.QueriesOf(pipeline, lineage))
        {
            json.WriteStartObject();
            json.WriteString("step", step);
            json.WriteString("table", table.Input);
            json.WriteNumber("columnsOfTable", query.ColumnsOfTable);
            json.WriteStartArray("reads");
            foreach (var input in query.Inputs) Write(json, "register", input.Register, "column", input.Column, input.Type);
            json.WriteEndArray();
            json.WriteStartArray("operations");
            foreach (var one in query.Steps) Write(json, one);
            json.WriteEndArray();
            if (query.Keeps is { } keeps) json.WriteString("keeps", keeps);
            json.WriteStartArray("gives");
            foreach (var output in query.Outputs) Write(json, "column", output.Column, output.Exploded ? "eachOf" : "register", output.From, output.Type);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, QueryStep step)
    {
        json.WriteStartObject();
        json.WriteString("phase", step.Filters ? "filter" : "select");
        json.WriteString("register", step.Register);
        json.WriteString("operation", step.Operation);
        json.WriteStartArray("operands");
        foreach (var operand in step.Operands) json.WriteStringValue(operand);
        json.WriteEndArray();
        json.WriteString("type", step.Type.ToString());
        if (step.Guard is { } guard) json.WriteString("where", guard);
        json.WriteString("expression", step.Expression);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string firstName, string first, string secondName, string second, DataType type)
    {
        json.WriteStartObject();
        json.WriteString(firstName, first);
        json.WriteString(secondName, second);
        json.WriteString("type", type.ToString());
        json.WriteEndObject();
    }
}
