using System.Globalization;
using Chunnel.Control;
using Chunnel.Cli.Running;
using Chunnel.Core;
using Chunnel.Engine;
using Microsoft.Extensions.Logging;

namespace Chunnel.Cli.SeaTunnel;

/// <summary>A local run in SeaTunnel's log lines (spec engine.md 14.3, 14.6).</summary>
internal sealed class SeaTunnelReporter(ILogger log, TimeProvider clock) : IRunReporter
{
    private readonly List<string> _errors = [];
    private (DateTimeOffset Time, long Read, long Written)? _last;

    public TimeSpan Interval => TimeSpan.FromSeconds(60);

    /// <summary>Why the job was refused or failed.</summary>
    public string? Error => _errors.Count == 0 ? null : string.Join('\n', _errors);

    public void Problem(Problem problem)
    {
        if (problem.Severity == Severity.Warning) SeaTunnelLog.Warn(log, problem.ToString());
        else _errors.Add(problem.ToString());
    }

    public void Started(JobView job)
    {
        SeaTunnelLog.Info(log, $"Start submit job, job id: {job.JobId}, with plugin jar []");
        SeaTunnelLog.Info(log, $"Submit job finished, job id: {job.JobId}, job name: {job.Name}");
        _last = (clock.GetUtcNow(), 0, 0);
    }

    public void Progress(JobView job, IReadOnlyList<PipelinePace> paces, TimeSpan running)
    {
        var now = clock.GetUtcNow();
        var (read, written) = (job.Metrics.Read.Rows, job.Metrics.Written.Rows);
        var last = _last!.Value;
        var seconds = Math.Max((now - last.Time).TotalSeconds, 1);
        SeaTunnelLog.Info(log, FramedTable.Of(
            "Job Progress Information",
            ("Job Id", Number(job.JobId)),
            ("Read Count So Far", Number(read)),
            ("Write Count So Far", Number(written)),
            ("Average Read Count", $"{Number((long)((read - last.Read) / seconds))}/s"),
            ("Average Write Count", $"{Number((long)((written - last.Written) / seconds))}/s"),
            ("Last Statistic Time", Time(last.Time)),
            ("Current Statistic Time", Time(now))));
        _last = (now, read, written);
    }

    public void Ended(JobView job, DateTimeOffset started, DateTimeOffset ended)
    {
        SeaTunnelLog.Info(log, $"Job ({job.JobId}) end with state {job.Status.Name}");
        if (job.ErrorText is { } error) _errors.Add(error);
        else SeaTunnelLog.Info(log, ClosingStatistics.Of(job, started, ended));
    }

    public void Dispose()
    {
    }

    private static string Time(DateTimeOffset time) => time.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
