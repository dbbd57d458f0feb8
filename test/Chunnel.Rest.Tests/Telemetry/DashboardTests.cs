using System.Text.Json;
using System.Text.RegularExpressions;

namespace Chunnel.Rest.Tests;

/// <summary>docs/telemetry-dashboard.json, which users import into Grafana.</summary>
public sealed partial class DashboardTests
{
    [Fact]
    public async Task Every_metric_and_label_of_the_dashboard_exists()
    {
        await using var node = await NodeUnderTest.StartAsync(settings => settings with { TellsMetrics = true });
        var told = Exposition.ReadPrometheus((await node.GetAsync("/metrics")).Body).Values.SelectMany(family => family.Samples).ToLookup(sample => sample.Name);
        var selectors = Selectors().ToList();
        selectors.Count.ShouldBeGreaterThan(20);
        foreach (var (metric, labels) in selectors)
        {
            told.Contains(metric).ShouldBeTrue($"nothing is called {metric}");
            // Prometheus adds the instance itself.
            foreach (var (label, value) in labels.Where(label => label.Name != "instance"))
            {
                told[metric].ShouldContain(sample => sample[label] != null && (value.Contains('$', StringComparison.Ordinal) || sample[label] == value), $"{metric} has no {label}=\"{value}\"");
            }
        }
    }

    private static IEnumerable<(string Metric, IReadOnlyList<(string Name, string Value)> Labels)> Selectors()
    {
        using var dashboard = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "telemetry-dashboard.json")));
        var panels = dashboard.RootElement.GetProperty("panels").EnumerateArray().SelectMany(panel => panel.GetProperty("targets").EnumerateArray()).Select(target => target.GetProperty("expr").GetString()!);
        var variables = dashboard.RootElement.GetProperty("templating").GetProperty("list").EnumerateArray().Select(variable => variable.GetProperty("query").GetString()!);
        return [.. panels.Concat(variables).SelectMany(expression => Selector().Matches(expression)).Select(match => (match.Groups["metric"].Value, LabelsOf(match.Groups["labels"].Value)))];
    }

    private static IReadOnlyList<(string Name, string Value)> LabelsOf(string selector) =>
        [.. Label().Matches(selector).Select(match => (match.Groups["name"].Value, match.Groups["value"].Value))];

    /// <summary>A name that neither calls a function nor is what a function of Grafana looks for.</summary>
    [GeneratedRegex("""(?<metric>\b[a-z]+_\w+\b)(?!\()(\{(?<labels>[^}]*)\})?""")]
    private static partial Regex Selector();

    [GeneratedRegex("""(?<name>\w+)=~?["](?<value>[^"]*)["]""")]
    private static partial Regex Label();
}
