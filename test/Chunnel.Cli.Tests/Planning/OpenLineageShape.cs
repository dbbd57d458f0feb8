using System.Globalization;
using System.Text.Json;

namespace Chunnel.Cli.Tests;

/// <summary>What OpenLineage 2-0-2 asks of an event about a job, and 1-2-0 of its columns' lineage: what must be there, of which kind, and that it names what it names elsewhere.</summary>
internal static class OpenLineageShape
{
    private static readonly string[] _direct = ["IDENTITY", "TRANSFORMATION", "AGGREGATION"];
    private static readonly string[] _indirect = ["JOIN", "GROUP_BY", "FILTER", "SORT", "WINDOW", "CONDITIONAL"];

    public static void Check(JsonElement of)
    {
        DateTimeOffset.ParseExact(Text(of, "eventTime"), "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        Uri.IsWellFormedUriString(Text(of, "producer"), UriKind.Absolute).ShouldBeTrue();
        Text(of, "schemaURL").ShouldBe("https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/JobEvent");
        of.TryGetProperty("run", out _).ShouldBeFalse("an event about a job has no run");
        of.TryGetProperty("eventType", out _).ShouldBeFalse();
        var job = of.GetProperty("job");
        (Text(job, "namespace").Length * Text(job, "name").Length).ShouldBeGreaterThan(0);
        CheckFacets(job);
        var known = new HashSet<(string, string, string)>();
        foreach (var input in of.GetProperty("inputs").EnumerateArray())
        {
            CheckFacets(input);
            foreach (var field in FieldsOf(input)) known.Add((Text(input, "namespace"), Text(input, "name"), field)).ShouldBeTrue();
        }
        foreach (var output in of.GetProperty("outputs").EnumerateArray())
        {
            CheckFacets(output);
            var lineage = output.GetProperty("facets").GetProperty("columnLineage");
            foreach (var field in lineage.GetProperty("fields").EnumerateObject())
            {
                FieldsOf(output).ShouldContain(field.Name);
                CheckUses(field.Value.GetProperty("inputFields"), known);
            }
            CheckUses(lineage.GetProperty("dataset"), known);
        }
    }

    private static void CheckUses(JsonElement uses, HashSet<(string, string, string)> known)
    {
        var seen = new HashSet<(string, string, string)>();
        foreach (var use in uses.EnumerateArray())
        {
            var field = (Text(use, "namespace"), Text(use, "name"), Text(use, "field"));
            known.ShouldContain(field);
            seen.Add(field).ShouldBeTrue("each input field stands once");
            var transformations = use.GetProperty("transformations").EnumerateArray().ToList();
            transformations.ShouldNotBeEmpty();
            foreach (var one in transformations)
            {
                (Text(one, "type") switch { "DIRECT" => _direct, "INDIRECT" => _indirect, var other => throw new InvalidOperationException(other) }).ShouldContain(Text(one, "subtype"));
                if (one.TryGetProperty("description", out var description)) description.ValueKind.ShouldBe(JsonValueKind.String);
                (one.GetProperty("masking").ValueKind is JsonValueKind.True or JsonValueKind.False).ShouldBeTrue();
            }
        }
    }

    private static void CheckFacets(JsonElement of)
    {
        foreach (var facet in of.GetProperty("facets").EnumerateObject())
        {
            Uri.IsWellFormedUriString(Text(facet.Value, "_producer"), UriKind.Absolute).ShouldBeTrue();
            var name = char.ToUpperInvariant(facet.Name[0]) + facet.Name[1..];
            Text(facet.Value, "_schemaURL").ShouldMatch($@"\Ahttps://openlineage\.io/spec/facets/\d+-\d+-\d+/{name}(Dataset|Job)Facet\.json#/\$defs/{name}(Dataset|Job)Facet\z");
        }
    }

    private static IEnumerable<string> FieldsOf(JsonElement dataset) =>
        dataset.GetProperty("facets").GetProperty("schema").GetProperty("fields").EnumerateArray().Select(field => Text(field, "name"));

    private static string Text(JsonElement of, string key) => of.GetProperty(key).GetString().ShouldNotBeNull();
}
