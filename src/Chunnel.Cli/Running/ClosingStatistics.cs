using System.Globalization;
using Chunnel.Engine;

namespace Chunnel.Cli.Running;

/// <summary>The table that closes a run (spec engine.md 14.6).</summary>
internal static class ClosingStatistics
{
    public static string Of(JobView job, DateTimeOffset started, DateTimeOffset ended)
    {
        var (read, written, leftOut) = (job.Metrics.Read.Rows, job.Metrics.Written.Rows, job.Metrics.LeftOut.Rows);
        // SeaTunnel calls every row that was read and not written failed; rows that a filter left out are no failures.
        return Of(read, written, Math.Max(0, read - written - leftOut), started, ended);
    }

    public static string Of(long read, long written, long failed, DateTimeOffset started, DateTimeOffset ended) =>
        FramedTable.Of(
            "Job Statistic Information",
            ("Start Time", Time(started)),
            ("End Time", Time(ended)),
            ("Total Time(s)", Number((long)(ended - started).TotalSeconds)),
            ("Total Read Count", Number(read)),
            ("Total Write Count", Number(written)),
            ("Total Failed Count", Number(failed)));

    private static string Time(DateTimeOffset time) => time.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
