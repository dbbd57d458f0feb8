using System.Text;

namespace Chunnel.Rest;

/// <summary>The parts that both texts have: names, labels, numbers.</summary>
internal static class ExpositionText
{
    /// <param name="text">Takes the line.</param>
    /// <param name="name">With its ending.</param>
    /// <param name="sample">Labels and value.</param>
    /// <param name="lastLabel">What stands between the last label and the brace: a comma in the older text, as SeaTunnel writes it.</param>
    public static void AppendSample(this StringBuilder text, string name, MetricSample sample, string lastLabel)
    {
        text.Append(name);
        if (sample.Labels.Count > 0)
        {
            text.Append('{');
            for (var i = 0; i < sample.Labels.Count; i++)
            {
                if (i > 0) text.Append(',');
                text.Append(sample.Labels[i].Key).Append("=\"").Append(Escaped(sample.Labels[i].Value?.ToString() ?? "", withQuotes: true)).Append('"');
            }
            text.Append(lastLabel).Append('}');
        }
        text.Append(' ').Append(JavaNumber.Of(sample.Value)).Append('\n');
    }

    public static void AppendComment(this StringBuilder text, string keyword, string name, string what) =>
        text.Append("# ").Append(keyword).Append(' ').Append(name).Append(' ').Append(what).Append('\n');

    /// <summary>Labels escape quotes, and so do the comments of OpenMetrics.</summary>
    public static string Escaped(string value, bool withQuotes)
    {
        var escaped = value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
        return withQuotes ? escaped.Replace("\"", "\\\"", StringComparison.Ordinal) : escaped;
    }
}
