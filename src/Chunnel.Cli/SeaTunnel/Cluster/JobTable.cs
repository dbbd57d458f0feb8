using System.Globalization;
using System.Text;
using Chunnel.Client;

namespace Chunnel.Cli.SeaTunnel.Cluster;

/// <summary>The list of jobs as <c>seatunnel.sh -l</c> prints it (spec engine.md 14.2).</summary>
internal static class JobTable
{
    private const string Gap = "  ";
    private static readonly string[] _head = ["Job ID", "Job Name", "Job Status", "Submit Time", "Finished Time"];
    private static readonly int[] _leastWidths = [6, 8, 10, 23, 23];

    public static string Of(IReadOnlyList<JobInfo> jobs)
    {
        List<string[]> rows = [.. jobs.Select(job => new[] { job.JobId.ToString(CultureInfo.InvariantCulture), job.Name, job.Status, Time(job.Created), Time(job.Ended) })];
        var widths = _leastWidths.Select((least, column) => column > 2 ? least : rows.Select(row => row[column].Length).Append(least).Max()).ToList();
        var text = new StringBuilder();
        foreach (var row in rows.Prepend([.. widths.Select(width => new string('-', width))]).Prepend(_head))
        {
            text.AppendJoin(Gap, row.Select((cell, column) => cell.PadRight(widths[column]))).Append('\n');
        }
        return text.ToString();
    }

    /// <summary>REST tells whole seconds; the fraction has at least one digit.</summary>
    private static string Time(string? time) => string.IsNullOrEmpty(time) ? "" : time + ".0";
}
