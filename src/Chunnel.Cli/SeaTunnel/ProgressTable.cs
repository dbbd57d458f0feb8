using System.Globalization;
using Chunnel.Engine;

namespace Chunnel.Cli.SeaTunnel;

/// <summary>The table of a job under way; averages are over the time since the one before (spec engine.md 14.6).</summary>
internal sealed class ProgressTable(TimeProvider clock)
{
    private (DateTimeOffset Time, long Read, long Written) _last = (clock.GetUtcNow(), 0, 0);

    public string Of(long jobId, long read, long written)
    {
        var now = clock.GetUtcNow();
        var last = _last;
        _last = (now, read, written);
        var seconds = Math.Max((now - last.Time).TotalSeconds, 1);
        return FramedTable.Of(
            "Job Progress Information",
            ("Job Id", Number(jobId)),
            ("Read Count So Far", Number(read)),
            ("Write Count So Far", Number(written)),
            ("Average Read Count", $"{Number((long)((read - last.Read) / seconds))}/s"),
            ("Average Write Count", $"{Number((long)((written - last.Written) / seconds))}/s"),
            ("Last Statistic Time", Time(last.Time)),
            ("Current Statistic Time", Time(now)));
    }

    private static string Time(DateTimeOffset time) => time.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
