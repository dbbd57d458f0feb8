using System.Text;

namespace Chunnel.Rest;

/// <summary>OpenMetrics 1.0.0 (spec rest-api.md 12.1).</summary>
internal static class OpenMetricsText
{
    public const string ContentType = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    public static string Write(IReadOnlyList<MetricFamily> families)
    {
        var text = new StringBuilder(32 << 10);
        foreach (var family in families)
        {
            text.AppendComment("TYPE", family.Name, TypeOf(family.Kind));
            text.AppendComment("HELP", family.Name, ExpositionText.Escaped(family.Help, withQuotes: true));
            foreach (var sample in family.Samples) text.AppendSample(family.Name + sample.Suffix, sample, lastLabel: "");
        }
        return text.Append("# EOF\n").ToString();
    }

    private static string TypeOf(MetricKind kind) => kind switch
    {
        MetricKind.Counter => "counter",
        MetricKind.Summary => "summary",
        MetricKind.Info => "info",
        _ => "gauge",
    };
}
