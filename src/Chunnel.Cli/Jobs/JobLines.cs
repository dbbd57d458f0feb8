using System.Globalization;
using System.Text;
using Chunnel.Client;

namespace Chunnel.Cli.Jobs;

/// <summary>Jobs of a node as a person reads them.</summary>
internal static class JobLines
{
    private const string Gap = "  ";
    private static readonly string[] _head = ["ID", "NAME", "STATE", "CREATED", "ENDED", "READ", "WRITTEN"];

    public static string List(IReadOnlyList<JobInfo> jobs)
    {
        if (jobs.Count == 0) return "No jobs.\n";
        List<string[]> lines = [_head, .. jobs.Select(job => new[]
        {
            Number(job.JobId), job.Name, job.Status, job.Created, job.Ended ?? "", Count(job.Metrics.RowsRead), Count(job.Metrics.RowsWritten),
        })];
        var widths = Enumerable.Range(0, _head.Length).Select(column => lines.Max(line => line[column].Length)).ToList();
        var text = new StringBuilder();
        foreach (var line in lines) text.Append(string.Join(Gap, line.Select((cell, column) => column >= 5 ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column]))).TrimEnd()).Append('\n');
        return text.ToString();
    }

    public static string Details(JobInfo job)
    {
        var text = new StringBuilder();
        text.Append($"Job {job.Name} ({job.JobId}): {job.Status}\n");
        text.Append($"created    {job.Created}\n");
        if (job.Ended is not null) text.Append($"ended      {job.Ended}\n");
        var counts = job.Metrics;
        text.Append($"read       {Count(counts.RowsRead)} rows, {Rate(counts.RowsReadPerSecond)} a second\n");
        text.Append($"written    {Count(counts.RowsWritten)} rows, {Rate(counts.RowsWrittenPerSecond)} a second\n");
        text.Append($"committed  {Count(counts.RowsCommitted)} rows\n");
        foreach (var table in counts.RowsReadByTable.Keys.Union(counts.RowsWrittenByTable.Keys).Order(StringComparer.Ordinal))
        {
            text.Append($"  {table}: read {Count(counts.RowsReadByTable.GetValueOrDefault(table))}, written {Count(counts.RowsWrittenByTable.GetValueOrDefault(table))}\n");
        }
        foreach (var vertex in job.JobDag?.Vertices ?? []) text.Append($"  {vertex.VertexId} {vertex.VertexName}{Tables(vertex)}\n");
        if (job.Error is not null) text.Append('\n').Append(job.Error.TrimEnd()).Append('\n');
        return text.ToString();
    }

    private static string Tables(JobVertex vertex) => vertex.TablePaths.Count == 0 ? "" : $": {string.Join(", ", vertex.TablePaths)}";

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Rate(double value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
