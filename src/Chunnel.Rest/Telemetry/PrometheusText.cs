using System.Text;

namespace Chunnel.Rest;

/// <summary>The Prometheus text format 0.0.4, as SeaTunnel writes it (spec rest-api.md 12.1).</summary>
internal static class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    public static string Write(IReadOnlyList<MetricFamily> families)
    {
        var text = new StringBuilder(32 << 10);
        foreach (var family in families) AppendFamily(text, family);
        // The beginnings of counters are no part of a counter here: they come last, as gauges.
        foreach (var family in families.Where(family => family.Samples.Exists(IsBeginning)))
        {
            Append(text, family.Name + MetricReading.Created, "gauge", family.Name, family.Help, family.Samples.Where(IsBeginning));
        }
        return text.ToString();
    }

    private static void AppendFamily(StringBuilder text, MetricFamily family)
    {
        var (name, type) = family.Kind switch
        {
            MetricKind.Counter => (family.Name + MetricReading.Total, "counter"),
            MetricKind.Info => (family.Name + MetricReading.Info, "gauge"),
            MetricKind.Summary => (family.Name, "summary"),
            _ => (family.Name, "gauge"),
        };
        Append(text, name, type, family.Name, family.Help, family.Samples.Where(sample => !IsBeginning(sample)));
    }

    private static void Append(StringBuilder text, string name, string type, string family, string help, IEnumerable<MetricSample> samples)
    {
        text.AppendComment("HELP", name, ExpositionText.Escaped(help, withQuotes: false));
        text.AppendComment("TYPE", name, type);
        foreach (var sample in samples) text.AppendSample(family + sample.Suffix, sample, lastLabel: ",");
    }

    private static bool IsBeginning(MetricSample sample) => sample.Suffix == MetricReading.Created;
}
